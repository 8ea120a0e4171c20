package io.karyoflow.tuner.overview;

/**
 * A validation image that a trial's final network got wrong.
 *
 * @param group patient, slide or tile; empty where the data names none
 * @param probability of the predicted class, 0 to 1
 */
public record Mistake(String filename, String group, String trueClass, String predictedClass, double probability) {}
