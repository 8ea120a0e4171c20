package io.karyoflow.common.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.karyoflow.common.image.UndecodableImageException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Small files that would have the TIFF reader take all memory, or all of a thread's stack. */
class HostileTiffTest {
    private static final int BYTE = 1;
    private static final int ASCII = 2;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int UNDEFINED = 7;

    private static final int IMAGE_DESCRIPTION = 270;
    private static final int SAMPLES_PER_PIXEL = 277;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int SUB_DIRECTORY = 330;
    private static final int PRIVATE = 65_000;

    private static final int HEADER = 8;

    private final ImageDecoder decoder = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS);

    @Test
    void aPixelInAHugeTileIsRefused() {
        byte[] wide = tiff(0, with(entry(TILE_WIDTH, LONG, 1, 400_000_000)));
        byte[] square = tiff(0, with(entry(TILE_WIDTH, SHORT, 1, 60_000), entry(TILE_HEIGHT, SHORT, 1, 60_000)));

        assertThat(refusal(wide).kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(refusal(wide)).hasMessageContaining("tiles of 400000000 x 1 ");
        assertThat(refusal(square)).hasMessageContaining("tiles of 60000 x 60000 ");
    }

    @Test
    void aPixelOfManySamplesIsRefused() {
        byte[] bytes = tiff(0, with(entry(SAMPLES_PER_PIXEL, LONG, 1, 2_000_000_000)));

        assertThat(refusal(bytes)).hasMessageContaining("channels").hasMessageContaining("save it as RGB");
    }

    @Test
    void aValueThatTheFileDoesNotHoldGetsNoRoom() {
        byte[] bytes = tiff(0, with(entry(IMAGE_DESCRIPTION, ASCII, 2_000_000_000, HEADER)));

        assertThat(failure(bytes)).isNotInstanceOf(Error.class);
    }

    @Test
    void manyValuesOfTheSameBytesAreRefused() {
        int[][] entries = new int[4000][];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = entry(PRIVATE + i % 500, i % 2 == 0 ? UNDEFINED : BYTE, 50_000, HEADER);
        }

        assertThat(refusal(tiff(50_000, with(entries)))).hasMessageContaining("claim more bytes than the file has");
    }

    @Test
    void directoriesInDirectoriesInDirectoriesAreRefused() {
        int levels = 40_000;
        int directoryBytes = 2 + 12 + 4;
        ByteBuffer tiff = header(HEADER + levels * directoryBytes);
        for (int level = 1; level <= levels; level++) {
            directory(tiff, List.of(entry(SUB_DIRECTORY, LONG, 1, HEADER + level * directoryBytes)));
        }

        assertThat(refusal(tiff.array()).kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void aDirectoryThatIsItsOwnNextIsNoLoop() {
        ByteBuffer tiff = ByteBuffer.wrap(tiff(0, with())).order(ByteOrder.LITTLE_ENDIAN);
        tiff.putInt(tiff.limit() - Integer.BYTES, HEADER);

        assertThat(failure(tiff.array())).isNotInstanceOf(Error.class);
    }

    /** Why it is not decoded, or something else if it is. */
    private Object failure(byte[] bytes) {
        Throwable thrown = catchThrowable(() -> decoder.decode(bytes));
        return thrown == null ? "none" : thrown;
    }

    private UndecodableImageException refusal(byte[] bytes) {
        return catchThrowableOfType(UndecodableImageException.class, () -> decoder.decode(bytes));
    }

    /** One red, green and blue pixel, whose bytes are the file's first, with entries more; these go before. */
    private static List<int[]> with(int[]... more) {
        List<int[]> entries = new ArrayList<>(List.of(more));
        entries.add(entry(256, SHORT, 1, 1)); // width
        entries.add(entry(257, SHORT, 1, 1)); // height
        entries.add(entry(258, SHORT, 1, 8)); // bits per sample
        entries.add(entry(259, SHORT, 1, 1)); // not compressed
        entries.add(entry(262, SHORT, 1, 2)); // RGB
        entries.add(entry(273, LONG, 1, 0)); // where its bytes are
        entries.add(entry(SAMPLES_PER_PIXEL, SHORT, 1, 3));
        entries.add(entry(279, LONG, 1, 3)); // how many bytes
        return entries;
    }

    private static int[] entry(int tag, int type, int count, int value) {
        return new int[] {tag, type, count, value};
    }

    /** @param padding bytes after the directory */
    private static byte[] tiff(int padding, List<int[]> entries) {
        ByteBuffer tiff = header(HEADER + 2 + 12 * entries.size() + 4 + padding);
        directory(tiff, entries);
        return tiff.array();
    }

    private static ByteBuffer header(int bytes) {
        return ByteBuffer.allocate(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 'I')
                .put((byte) 'I')
                .putShort((short) 42)
                .putInt(HEADER);
    }

    private static void directory(ByteBuffer tiff, List<int[]> entries) {
        tiff.putShort((short) entries.size());
        for (int[] entry : entries) {
            tiff.putShort((short) entry[0]).putShort((short) entry[1]).putInt(entry[2]);
            tiff.putInt(entry[3]); // little-endian: a SHORT comes first
        }
        tiff.putInt(0); // no next directory
    }
}
