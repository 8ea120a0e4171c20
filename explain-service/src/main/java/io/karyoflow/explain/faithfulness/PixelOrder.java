package io.karyoflow.explain.faithfulness;

import io.karyoflow.explain.attribution.AttributionMap;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The pixels of a map by importance; of equal ones the upper left comes first.
 *
 * @param mostImportantFirst [height * width], indices of pixels
 * @param isArbitrary whether all pixels are equally important
 */
record PixelOrder(int[] mostImportantFirst, boolean isArbitrary) {

    static PixelOrder of(AttributionMap map) {
        float[] importance = map.sumOverChannels();
        int[] order = IntStream.range(0, importance.length)
                .boxed()
                .sorted(Comparator.comparingDouble(pixel -> 0.0 - importance[pixel]))
                .mapToInt(Integer::intValue)
                .toArray();
        return new PixelOrder(order, importance[order[0]] == importance[order[order.length - 1]]);
    }
}
