package io.karyoflow.trainer.data;

import io.karyoflow.trainer.TinyNuclei;
import java.util.Random;

/** A batch of pictures without a data set around it. */
public final class TinyBatch {
    private TinyBatch() {}

    public static Batch of(int count, int height, int width, long seed) {
        Random random = new Random(seed);
        byte[] rgb = new byte[count * height * width * 3];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % TinyNuclei.CLASSES.size();
            byte[] image = TinyNuclei.draw(labels[i], height, width, random).rgb();
            System.arraycopy(image, 0, rgb, i * image.length, image.length);
        }
        return new Batch(height, width, rgb, labels);
    }
}
