/** Makes a trained network into a SavedModel with the five signatures of every bundle, free of all that only learns. */
package io.karyoflow.trainer.export;
