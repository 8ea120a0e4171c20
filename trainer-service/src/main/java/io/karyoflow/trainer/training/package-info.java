/**
 * Changes a network's weights so that they fit labelled images: Adam with a cosine schedule, one call a step. A
 * {@code TrainingSession} owns TensorFlow's memory for one trial and gives all of it back when closed.
 */
package io.karyoflow.trainer.training;
