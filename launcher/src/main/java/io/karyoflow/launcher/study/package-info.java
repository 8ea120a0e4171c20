/**
 * The studies of a job: {@link io.karyoflow.launcher.study.StudySettings} says what is tried, {@link
 * io.karyoflow.launcher.study.RunStudies} has the tuner try it and waits for the model.
 */
package io.karyoflow.launcher.study;
