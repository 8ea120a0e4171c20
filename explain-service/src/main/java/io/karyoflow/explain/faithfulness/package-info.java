/**
 * Whether a map tells what the model does: measures that change the input as the map suggests and look at what the model
 * says then. Plain Java over {@link io.karyoflow.explain.attribution}; {@link
 * io.karyoflow.explain.faithfulness.MeasureFaithfulness} takes those that are asked for.
 */
package io.karyoflow.explain.faithfulness;
