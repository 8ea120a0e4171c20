/**
 * Whether a trial is worth its next epoch. A new scheduler is a new record that implements
 * {@link io.karyoflow.tuner.scheduler.TrialScheduler} and its name in that interface's list.
 *
 * <p>Decisions come from the epochs stored so far and nothing else, so any tuner can take them, also after a crash.
 */
package io.karyoflow.tuner.scheduler;
