/** The model bundle (a TensorFlow SavedModel with its description in one zip) and its store in PostgreSQL. */
package io.karyoflow.common.model;
