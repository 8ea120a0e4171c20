package io.karyoflow.trainer.trial;

/**
 * Who trains.
 *
 * @param name unique among all running slots of all trainers
 * @param device for example {@code CPU} or {@code GPU:0}
 */
public record Worker(String name, String device) {}
