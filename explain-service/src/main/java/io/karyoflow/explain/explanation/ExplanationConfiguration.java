package io.karyoflow.explain.explanation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;

/** How this service sets the methods where a request does not. */
@ConfigMapping(prefix = "karyoflow.explain.options")
public interface ExplanationConfiguration {

    /** By method and by Captum's parameter name; values as JSON has them. */
    @WithParentName
    Map<String, Map<String, String>> byMethod();
}
