/**
 * Attribution methods as a plain library: which inputs made a model give its score. Needs nothing but a
 * {@link io.karyoflow.explain.attribution.ExplainableModel}; one file a method, with its formula, its paper and
 * Captum's parameter names, meanings and defaults. A new method is a new
 * {@link io.karyoflow.explain.attribution.AttributionMethod}.
 */
package io.karyoflow.explain.attribution;
