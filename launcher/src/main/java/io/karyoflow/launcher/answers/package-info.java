/**
 * What is asked of the services, and what they answer on Kafka: predictions, attributions, dead letters. {@link
 * io.karyoflow.launcher.answers.StreamImages} asks for labels, {@link io.karyoflow.launcher.answers.ExplainExamples} for
 * reasons.
 */
package io.karyoflow.launcher.answers;
