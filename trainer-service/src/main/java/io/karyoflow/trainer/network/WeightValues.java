package io.karyoflow.trainer.network;

/**
 * The value of one weight, outside any graph.
 *
 * @param shape for example [3, 3, in, out]
 * @param values row-major, as many as the shape says
 */
public record WeightValues(long[] shape, float[] values) {}
