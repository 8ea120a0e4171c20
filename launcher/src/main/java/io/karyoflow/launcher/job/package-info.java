/**
 * The main job step by step: {@link io.karyoflow.launcher.job.RunMainJob} calls one class a step,
 * from the packages below. Every step shows its
 * progress and gives up with a reason when nothing moves any more.
 */
package io.karyoflow.launcher.job;
