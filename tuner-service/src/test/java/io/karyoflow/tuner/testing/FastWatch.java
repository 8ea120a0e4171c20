package io.karyoflow.tuner.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The service as it is, but looking for vanished workers more often. */
public class FastWatch implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("karyoflow.trials.watch-every", "1s");
    }
}
