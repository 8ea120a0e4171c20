package io.karyoflow.inference.prediction;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.ColourSums;
import io.karyoflow.common.image.RgbImage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The colours of each slide, by all its images that this process has answered so far and those of the batch in hand. An
 * image counts once: what is in hand is remembered when it is answered for good, and forgotten if it must be answered once
 * more. Not for several threads at once: the loop that answers requests is one.
 */
final class SlideColours {
    /** Many more than are scanned at the same time; the sums of one take some hundred bytes. */
    static final int MOST = 1000;

    private final Duration silence;
    private final Clock clock;

    /** By slide, the one answered longest ago first. */
    private final Map<String, Remembered> remembered = new LinkedHashMap<>();

    /** By slide, with what is remembered of it. */
    private final Map<String, ColourSums> inHand = new LinkedHashMap<>();

    /** @param silence after which a slide is forgotten: who then uses its name means another */
    SlideColours(Duration silence, Clock clock) {
        this.silence = silence;
        this.clock = clock;
    }

    /** @param at when an image of the slide was last answered */
    private record Remembered(ColourSums sums, Instant at) {}

    /** What is in hand will be answered once more, if at all. */
    void takeNew() {
        inHand.clear();
    }

    /** @param slide null if it is not known; then nothing is remembered */
    void add(String slide, RgbImage image) {
        if (slide != null) {
            inHand.computeIfAbsent(slide, this::soFar).add(image);
        }
    }

    /**
     * @param slide null if it is not known
     * @return those of a slide of which an image is in hand; else of the image by itself
     */
    ColourStatistics of(String slide, RgbImage image) {
        ColourSums ofSlide = inHand.get(slide);
        return ofSlide == null ? ColourStatistics.of(image) : ofSlide.statistics();
    }

    /** What is in hand is answered for good. */
    void remember() {
        Instant now = clock.instant();
        inHand.forEach((slide, sums) -> {
            remembered.remove(slide); // so that it is last
            remembered.put(slide, new Remembered(sums, now));
        });
        inHand.clear();
        Iterator<Remembered> oldestFirst = remembered.values().iterator();
        while (remembered.size() > MOST) {
            oldestFirst.next();
            oldestFirst.remove();
        }
    }

    private ColourSums soFar(String slide) {
        Remembered known = remembered.get(slide);
        return known == null || known.at().plus(silence).isBefore(clock.instant())
                ? new ColourSums()
                : known.sums().copy();
    }
}
