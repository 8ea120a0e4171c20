package io.karyoflow.trainer.data;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Features of all images of a data set, on disk and mapped into memory. Safe for use by several threads. */
public final class KeptFeatures {
    /** A map holds at most 2 GiB, so large files take several, each of whole images. */
    private static final long MAP_BYTES = 1L << 30;

    private final int orientations;
    private final int length;
    private final int imagesPerMap;
    private final List<MappedByteBuffer> maps = new ArrayList<>();

    private KeptFeatures(int orientations, int length) {
        this.orientations = orientations;
        this.length = length;
        this.imagesPerMap = (int) Math.max(1, MAP_BYTES / imageBytes());
    }

    /** @param file float32, little-endian: [images][orientations][F] */
    static KeptFeatures open(Path file, int images, int orientations) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long bytes = channel.size();
            long length = bytes / ((long) Float.BYTES * images * orientations);
            KeptFeatures features = new KeptFeatures(orientations, Math.toIntExact(length));
            long step = features.imageBytes() * features.imagesPerMap;
            for (long from = 0; from < bytes; from += step) {
                MappedByteBuffer map = channel.map(MapMode.READ_ONLY, from, Math.min(step, bytes - from));
                map.order(ByteOrder.LITTLE_ENDIAN);
                features.maps.add(map);
            }
            return features;
        }
    }

    /** How many there are of each image: 1, or those of its flips and turns. */
    public int orientations() {
        return orientations;
    }

    /** F */
    public int length() {
        return length;
    }

    /** Copies F numbers to {@code to} from {@code offset} on. @param orientation from 0, which is the image as it is */
    void copy(int image, int orientation, float[] to, int offset) {
        int place = (int) (image % imagesPerMap * imageBytes() + (long) orientation * Float.BYTES * length);
        maps.get(image / imagesPerMap)
                .slice(place, Float.BYTES * length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(to, offset, length);
    }

    private long imageBytes() {
        return (long) Float.BYTES * orientations * length;
    }
}
