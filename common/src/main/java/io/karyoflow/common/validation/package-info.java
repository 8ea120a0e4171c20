/**
 * What networks say of validation images, as it is kept with a trial: trainers and benchmarks write it, the tuner reads it.
 * And what follows from a confusion matrix, so that F1 is the same of one trial and of several together.
 */
package io.karyoflow.common.validation;
