package io.karyoflow.trainer.pretrained;

/**
 * Where a tensor lies in a file.
 *
 * @param type as the format calls it, for example {@code F32}
 * @param begin first byte, counted from the header's end
 * @param end byte after the last
 */
record TensorEntry(String type, long[] shape, long begin, long end) {}
