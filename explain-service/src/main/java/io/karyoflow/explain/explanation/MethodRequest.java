package io.karyoflow.explain.explanation;

import java.util.Map;

/**
 * A method that somebody wants an image explained by.
 *
 * @param method a name of {@link io.karyoflow.explain.attribution.MethodCatalogue}
 * @param options by Captum's parameter names, over this service's defaults
 */
public record MethodRequest(String method, Map<String, Object> options) {

    /** With this service's defaults. */
    public MethodRequest(String method) {
        this(method, Map.of());
    }
}
