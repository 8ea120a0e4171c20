/**
 * Changes a network's weights so that they fit labelled images: AdamW with a cosine schedule, each part of the
 * network at its own rate, one call a step. A {@code TrainingSession} owns TensorFlow's memory for one trial and gives all of it back when closed.
 */
package io.karyoflow.trainer.training;
