package io.karyoflow.trainer.data;

import static io.karyoflow.trainer.data.TinyCaches.DATASET;
import static io.karyoflow.trainer.data.TinyCaches.MAX_PIXELS;
import static io.karyoflow.trainer.data.TinyCaches.STILL_WANTED;
import static io.karyoflow.trainer.data.TinyCaches.pixels;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.image.ColourSums;
import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.model.ImageSizes;
import io.karyoflow.trainer.TinyNuclei;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a data set from the cache shows of the images that were published. */
class CachedDatasetTest {
    @TempDir
    Path folder;

    private TinyCaches caches;

    @BeforeEach
    void caches() {
        caches = new TinyCaches(folder);
    }

    @Test
    void keepsPixelsLabelsAndFoldsInTheOrderOfFilenames() throws Exception {
        // Given images that come in another order, and one twice
        Collections.shuffle(caches.published, new java.util.Random(3));
        caches.published.add(caches.published.get(0));

        try (CachedDataset cached = caches.unlimited().open(DATASET, STILL_WANTED)) {
            assertThat(cached.size()).isEqualTo(12);
            int[] inOrder = {0, 1, 10, 11, 2, 3, 4, 5, 6, 7, 8, 9};
            for (int i = 0; i < 12; i++) {
                LabelledImage original = TinyNuclei.image("d", inOrder[i], 16, 16);
                assertThat(cached.filename(i)).isEqualTo(original.filename());
                assertThat(cached.group(i)).isEmpty();
                assertThat(cached.label(i)).isEqualTo(original.label());
                assertThat(pixels(cached, i)).isEqualTo(decoded(original));
            }
            assertThat(cached.imagesOfFolds(fold -> fold == 0)).containsExactly(0, 1, 2, 3, 4, 11);
            assertThat(cached.imagesOfFolds(fold -> fold != 0)).containsExactly(5, 6, 7, 8, 9, 10);
        }
    }

    @Test
    void aSlideHasTheColoursOfAllImagesOfItsGroup() throws Exception {
        ColourSums together = new ColourSums();
        for (int i = 0; i < caches.published.size(); i++) {
            LabelledImage image = caches.published.get(i);
            boolean mine = i % 3 == 0;
            caches.published.set(i, TinyNuclei.ofGroup(image, i == 1 ? null : mine ? "mine" : "other"));
            if (mine) {
                together.add(new ImageDecoder(MAX_PIXELS).decode(image.bytes()).image());
            }
        }

        try (CachedDataset cached = caches.unlimited().open(DATASET, STILL_WANTED)) {
            // in the order of filenames: 0, 1, 10, 11, 2, 3, ...
            assertThat(cached.slide(0)).get().usingRecursiveComparison().isEqualTo(together.statistics());
            assertThat(cached.slide(5)).get().usingRecursiveComparison().isEqualTo(together.statistics());
            assertThat(cached.slide(1)).as("of no group").isEmpty();
            assertThat(IntStream.range(0, 6).mapToObj(cached::group))
                    .containsExactly(
                            Optional.of("mine"),
                            Optional.empty(),
                            Optional.of("other"),
                            Optional.of("other"),
                            Optional.of("other"),
                            Optional.of("mine"));
            assertThat(cached.slide(4).orElseThrow().mean())
                    .isNotEqualTo(together.statistics().mean());
        }
    }

    @Test
    void bringsAllToTheMostCommonSize() throws Exception {
        caches.published.set(4, TinyNuclei.image("d", 4, 32, 24));

        try (CachedDataset cached = caches.unlimited().open(DATASET, STILL_WANTED)) {
            assertThat(cached.height()).isEqualTo(16);
            assertThat(cached.width()).isEqualTo(16);
            assertThat(cached.sizes()).isEqualTo(new ImageSizes(16, 32, 16, 24));
            // nucleus-9 lies behind the one that was resized
            assertThat(pixels(cached, 11)).isEqualTo(decoded(TinyNuclei.image("d", 9, 16, 16)));
        }
    }

    private static byte[] decoded(LabelledImage image) throws UndecodableImageException {
        return new ImageDecoder(MAX_PIXELS).decode(image.bytes()).image().rgb();
    }
}
