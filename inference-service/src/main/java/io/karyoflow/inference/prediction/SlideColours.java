package io.karyoflow.inference.prediction;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.ColourSums;
import io.karyoflow.common.image.RgbImage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The colours of each slide, by all its images that this process has seen so far. Not for several threads at once: the loop
 * that answers requests is one.
 */
final class SlideColours {
    /** Many more than are scanned at the same time; the sums of one take some hundred bytes. */
    static final int MOST = 1000;

    /** By slide, the one seen longest ago first. */
    private final Map<String, ColourSums> sums = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Images of a batch that is taken again after an aborted transaction count twice, which hardly changes a mean.
     *
     * @param slide null if it is not known; then nothing is remembered
     */
    void add(String slide, RgbImage image) {
        if (slide == null) {
            return;
        }
        sums.computeIfAbsent(slide, unseen -> new ColourSums()).add(image);
        if (sums.size() > MOST) {
            sums.remove(sums.keySet().iterator().next());
        }
    }

    /**
     * @param slide null if it is not known
     * @return those of the slide; of the image by itself if its slide is not known or already forgotten
     */
    ColourStatistics of(String slide, RgbImage image) {
        ColourSums ofSlide = sums.get(slide);
        return ofSlide == null ? ColourStatistics.of(image) : ofSlide.statistics();
    }
}
