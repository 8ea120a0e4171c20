/**
 * Studies and their trials. {@link io.karyoflow.tuner.study.PlanTrials} is the heart: a study as it stands and an event
 * in, decisions out; what has been tried before it asks of a {@link io.karyoflow.tuner.study.StudyHistory}, and does no
 * other I/O. The use cases around it ({@code CreateStudy}, {@code HandleTrialEvent},
 * {@code EndStudy}, {@code RescueTrials}) bring it what it needs through the ports
 * {@link io.karyoflow.tuner.study.Studies}, {@link io.karyoflow.tuner.study.Datasets} and
 * {@link io.karyoflow.tuner.study.Models}.
 */
package io.karyoflow.tuner.study;
