/**
 * What the service does with images that somebody wants explained: {@link io.karyoflow.explain.explanation.ExplainImages}
 * classifies, attributes and measures. {@link io.karyoflow.explain.explanation.Question} is what can be asked, {@link
 * io.karyoflow.explain.explanation.MethodOptions} how the methods are set.
 */
package io.karyoflow.explain.explanation;
