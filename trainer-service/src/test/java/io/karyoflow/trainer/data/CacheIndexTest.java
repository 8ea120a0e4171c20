package io.karyoflow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.model.ImageSizes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheIndexTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        IntBuffer entries = CacheIndex.room(2);
        entries.put(3).put(1).put(1).put(1).put(2).put(0).put(0).put(CacheIndex.UNKNOWN);
        FloatBuffer slides = FloatBuffer.wrap(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
        CacheNames names = CacheNames.of(List.of("é.png", "", "first", "second"));
        new CacheIndex(4, 5, new ImageSizes(4, 6, 3, 5), 0, slides, entries, names).write(folder);
        Files.write(CacheIndex.pixels(folder), new byte[2 * 3 * 4 * 5]);
        file = folder.resolve("index.bin");
    }

    @Test
    void readsWhatWasWritten() throws Exception {
        CacheIndex index = CacheIndex.read(folder);

        assertThat(index.height()).isEqualTo(4);
        assertThat(index.width()).isEqualTo(5);
        assertThat(index.sizes()).isEqualTo(new ImageSizes(4, 6, 3, 5));
        assertThat(index.images()).isEqualTo(2);
        assertThat(index.label(0)).isEqualTo(3);
        assertThat(index.fold(0)).isEqualTo(1);
        assertThat(index.slot(0)).isEqualTo(1);
        assertThat(index.label(1)).isEqualTo(2);
        ColourStatistics slide = index.slide(0).orElseThrow();
        assertThat(slide.mean()).containsExactly(7, 8, 9);
        assertThat(slide.deviation()).containsExactly(10, 11, 12);
        assertThat(index.slide(1)).isEmpty();
        assertThat(index.filename(0)).isEqualTo("é.png");
        assertThat(index.filename(1)).isEmpty();
        assertThat(index.group(0)).contains("second");
        assertThat(index.group(1)).isEmpty();
    }

    /** Which had no names, nor the number of a format. */
    @Test
    void anIndexOfAnEarlierVersionIsNotRead() throws IOException {
        ByteBuffer earlier = ByteBuffer.allocate(4 + 4 + 8 + 4 + 2 * 4 * 4 + 8);
        earlier.putInt(4).putInt(5).putLong(0).putInt(0);
        CRC32C checksum = new CRC32C();
        int content = earlier.capacity() - Long.BYTES;
        checksum.update(earlier.array(), 0, content);
        earlier.putLong(content, checksum.getValue());
        Files.write(file, earlier.array());

        assertThatThrownBy(() -> CacheIndex.read(folder))
                .isInstanceOf(CorruptCacheException.class)
                .hasMessageContaining("another version");
    }

    @Test
    void everyFlippedBitIsFound() throws IOException {
        byte[] content = Files.readAllBytes(file);
        for (int at = 0; at < content.length; at++) {
            byte[] damaged = content.clone();
            damaged[at] ^= 4;
            Files.write(file, damaged);
            assertThatThrownBy(() -> CacheIndex.read(folder))
                    .as("byte %s", at)
                    .isInstanceOf(CorruptCacheException.class);
        }
    }

    @Test
    void everyCutIsFound() throws IOException {
        byte[] content = Files.readAllBytes(file);
        for (int length = 0; length < content.length; length++) {
            Files.write(file, Arrays.copyOf(content, length));
            assertThatThrownBy(() -> CacheIndex.read(folder))
                    .as("cut at %s", length)
                    .isInstanceOf(CorruptCacheException.class);
        }
    }
}
