package io.karyoflow.explain.explanation;

import io.karyoflow.common.message.Attribution.Faithfulness;
import io.karyoflow.explain.attribution.AttributionMap;
import io.karyoflow.explain.attribution.AttributionMethod;
import io.karyoflow.explain.rendering.Sign;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * An image explained by one method.
 *
 * @param method its name
 * @param parameters what it was set to, by Captum's names
 * @param map in the shape of the network's input
 * @param faithfulness as far as it was asked for
 * @param computeMillis how long the method took for this image, in milliseconds
 */
public record Explanation(
        String method,
        Map<String, Object> parameters,
        AttributionMap map,
        Faithfulness faithfulness,
        double computeMillis) {
    private static final Set<String> NEVER_NEGATIVE = Set.of("smoothgrad_sq", "vargrad", "rise");

    Explanation(
            String method,
            AttributionMethod attribution,
            AttributionMap map,
            io.karyoflow.explain.faithfulness.Faithfulness measured,
            double computeMillis) {
        this(
                method,
                attribution.parameters(),
                map,
                new Faithfulness(
                        orNull(measured.convergenceDelta()),
                        orNull(measured.deletionAuc()),
                        orNull(measured.insertionAuc()),
                        orNull(measured.infidelity()),
                        orNull(measured.maxSensitivity())),
                computeMillis);
    }

    private static Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    /** [height * width]: the sum over channels; of occlusion, whose windows hide all channels alike, the mean. */
    public float[] perPixel() {
        return method.equals("occlusion") ? map.meanOverChannels() : map.sumOverChannels();
    }

    /** Which values its pictures show, if nobody says. */
    public Sign sign() {
        boolean magnitudes = NEVER_NEGATIVE.contains(method) || Boolean.TRUE.equals(parameters.get("abs"));
        return magnitudes ? Sign.ABSOLUTE_VALUE : Sign.ALL;
    }
}
