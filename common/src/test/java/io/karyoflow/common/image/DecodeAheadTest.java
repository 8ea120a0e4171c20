package io.karyoflow.common.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DecodeAheadTest {
    private static final int THREADS = 3;

    private final DecodeAhead decodeAhead = new DecodeAhead(new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS), THREADS);

    @Test
    void givesImagesInTheirOrderHoweverLongEachTakes() throws Exception {
        List<byte[]> encoded = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            encoded.add(RandomPng.image(i, i % 5 == 0 ? 400 : 1 + i));
        }

        DecodeAhead.Images images = decodeAhead.of(encoded);

        for (int i = 0; i < 40; i++) {
            assertThat(images.next().width()).isEqualTo(i % 5 == 0 ? 400 : 1 + i);
        }
        assertThatThrownBy(images::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void refusesWhatIsNoImageAndGoesOnWithTheNext() throws Exception {
        DecodeAhead.Images images =
                decodeAhead.of(List.of(RandomPng.image(1, 7), new byte[] {1, 2, 3}, RandomPng.image(2, 9)));

        assertThat(images.next().width()).isEqualTo(7);
        assertThatThrownBy(images::next)
                .isInstanceOf(UndecodableImageException.class)
                .hasMessageContaining("not an image");
        assertThat(images.next().width()).isEqualTo(9);
    }

    @Test
    void holdsOnlyAFewImagesInMemory() throws Exception {
        byte[] png = RandomPng.image(1);
        AtomicInteger taken = new AtomicInteger();
        List<byte[]> encoded = new AbstractList<>() {
            @Override
            public byte[] get(int index) {
                taken.incrementAndGet();
                return png;
            }

            @Override
            public int size() {
                return 1000;
            }
        };

        DecodeAhead.Images images = decodeAhead.of(encoded);
        for (int i = 0; i < 10; i++) {
            images.next();
        }

        assertThat(taken.get()).isBetween(10, 10 + 2 * THREADS);
    }
}
