/**
 * Changes a network's weights so that they fit labelled images, one call a step: by the optimiser and the schedule that a
 * trial names, each part of the network at its own rate. A {@code TrainingSession} owns TensorFlow's memory for one trial
 * and gives all of it back when closed.
 */
package io.karyoflow.trainer.training;
