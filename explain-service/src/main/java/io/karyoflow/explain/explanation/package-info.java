/**
 * What the service does with requests that ask for explanations: {@link io.karyoflow.explain.explanation.ExplainImages}
 * decodes, classifies, attributes and draws. {@link io.karyoflow.explain.explanation.ExplanationMethod} lists what can be
 * asked for, {@link io.karyoflow.explain.explanation.ExplanationConfiguration} how it is set.
 */
package io.karyoflow.explain.explanation;
