/** The model bundle: a TensorFlow SavedModel with its description in one zip. */
package io.karyoflow.common.model;
