package io.karyoflow.common.safetensors;

/**
 * Where a tensor lies in a file.
 *
 * @param type as the format calls it, for example {@code F32}
 * @param shape each dimension 0 or more; empty for a single number
 * @param begin first byte, counted from the header's end
 * @param end byte after the last
 */
public record TensorEntry(String type, long[] shape, long begin, long end) {}
