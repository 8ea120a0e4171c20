/** Makes a trained network into a SavedModel with the six signatures of every bundle, free of all that only learns. */
package io.karyoflow.trainer.export;
