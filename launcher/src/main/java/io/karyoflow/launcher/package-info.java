/**
 * What {@code ./quickstart} runs. {@link io.karyoflow.launcher.Quickstart} reads the options; {@code system} starts
 * everything; {@link io.karyoflow.launcher.job.RunMainJob} reads as a table of contents of what happens then, through
 * public interfaces only: REST ({@code client}), a watched folder, Kafka topics ({@code answers}). And what
 * {@code ./resend-dead-letters} runs: {@link io.karyoflow.launcher.ResendDeadLetters}, {@code resend}.
 */
package io.karyoflow.launcher;
