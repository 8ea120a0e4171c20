/**
 * What {@code ./quickstart} runs. {@link io.karyoflow.launcher.Quickstart} reads the options; {@code system} starts
 * everything; {@link io.karyoflow.launcher.job.RunMainJob} reads as a table of contents of what happens then, through
 * public interfaces only: REST ({@code client}), a watched folder, Kafka topics ({@code answers}).
 */
package io.karyoflow.launcher;
