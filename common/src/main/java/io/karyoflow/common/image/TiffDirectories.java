package io.karyoflow.common.image;

import io.karyoflow.common.image.UndecodableImageException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * What a TIFF's directories claim, which the TIFF reader believes: it allocates for every value and sample before it looks
 * whether there is anything to fill them with.
 *
 * @see <a href="https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf">TIFF 6.0, section 2</a>
 */
final class TiffDirectories {
    private static final int CLASSIC = 42;
    private static final int BIG = 43;

    /** by type, from 1; 0: there is no such type */
    private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

    private static final int SHORT = 3;
    private static final int LONG = 4;

    private static final int SAMPLES_PER_PIXEL = 277;

    /** SubIFDs, and the directories of EXIF, GPS and interoperability */
    private static final Set<Integer> POINTERS = Set.of(330, 34_665, 34_853, 40_965);

    /** CMYK with alpha; more are no colours */
    private static final int MOST_SAMPLES = 5;

    /** Writers may let values share their bytes, for example the colour profile of several pages. */
    private static final int MAY_BE_SHARED = 1 << 20;

    /** What 4 bytes can say. */
    private static final long FARTHEST = 0xFFFFFFFFL;

    private final ByteBuffer tiff;
    private final boolean big;
    private final int entryBytes;
    private final int offsetBytes;
    private final Set<Long> seen = new HashSet<>();
    private final Deque<Integer> directories = new ArrayDeque<>();
    private long claimed;

    private TiffDirectories(ByteBuffer tiff, boolean big) {
        this.tiff = tiff;
        this.big = big;
        this.entryBytes = big ? 20 : 12;
        this.offsetBytes = big ? 8 : 4;
    }

    /**
     * Passes whatever is not a TIFF.
     *
     * @throws UndecodableImageException if the directories claim more than the file can hold, or more samples for a pixel than
     *     colours have
     */
    static void check(byte[] bytes) throws UndecodableImageException {
        boolean littleEndian = bytes.length > 1 && bytes[0] == 'I' && bytes[1] == 'I';
        boolean bigEndian = bytes.length > 1 && bytes[0] == 'M' && bytes[1] == 'M';
        if (bytes.length < 16 || !littleEndian && !bigEndian) {
            return;
        }
        ByteBuffer tiff = ByteBuffer.wrap(bytes).order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int version = tiff.getShort(2);
        if (version == CLASSIC || version == BIG) {
            new TiffDirectories(tiff, version == BIG).checkAll();
        }
    }

    private void checkAll() throws UndecodableImageException {
        note(number(big ? 8 : 4, offsetBytes));
        for (boolean first = true; !directories.isEmpty(); first = false) {
            check(directories.poll(), first);
        }
    }

    /** @param first whether it is that of the image that is read */
    private void check(int directory, boolean first) throws UndecodableImageException {
        int countBytes = big ? 8 : 2;
        if (!holds(directory, countBytes)) {
            return;
        }
        long entries = number(directory, countBytes);
        int at = directory + countBytes;
        for (long i = 0; i < entries && holds(at, entryBytes); i++) {
            claim(entryBytes);
            checkEntry(at, first);
            at += entryBytes;
        }
        if (holds(at, offsetBytes)) {
            note(number(at, offsetBytes));
        }
    }

    private void checkEntry(int at, boolean first) throws UndecodableImageException {
        int tag = (int) number(at, 2);
        int type = (int) number(at + 2, 2);
        long count = number(at + 4, offsetBytes);
        int typeBytes = type < TYPE_BYTES.length ? TYPE_BYTES[type] : 0;
        long valueBytes = count * typeBytes;
        long valueAt = valueBytes <= offsetBytes ? at + 4 + offsetBytes : number(at + 4 + offsetBytes, offsetBytes);
        boolean impossible = count < 0 || count > Integer.MAX_VALUE || valueAt < 0 || valueAt > FARTHEST;
        if (impossible || typeBytes == 0 && big) {
            // beyond these the reader would lose its place
            throw new UndecodableImageException(
                    Kind.BROKEN,
                    "the image is broken: in one of its directories tag " + tag + " has no possible value");
        }
        if (typeBytes == 0 || !holds(valueAt, valueBytes)) {
            return; // the reader passes over it, too
        }
        claim(valueBytes);
        if (tag == SAMPLES_PER_PIXEL && first) {
            checkSamples(type == SHORT || type == LONG ? number((int) valueAt, typeBytes) : Long.MAX_VALUE);
        }
        if (POINTERS.contains(tag)) {
            for (int i = 0; i < count; i++) {
                note(number((int) valueAt + i * typeBytes, typeBytes));
            }
        }
    }

    private static void checkSamples(long samples) throws UndecodableImageException {
        if (samples < 0 || samples > MOST_SAMPLES) {
            throw new UndecodableImageException(
                    Kind.NOT_AN_IMAGE, "the image has more than " + MOST_SAMPLES + " channels; save it as RGB");
        }
    }

    /** Looks at a directory later, unless that has been done or it lies outside of the file. */
    private void note(long directory) throws UndecodableImageException {
        if (directory > 0 && directory < tiff.limit() && seen.add(directory)) {
            claim(offsetBytes); // whatever else it has, it has the offset of the next
            directories.add((int) directory);
        }
    }

    private void claim(long bytes) throws UndecodableImageException {
        claimed += bytes;
        if (claimed > tiff.limit() + (long) MAY_BE_SHARED) {
            throw new UndecodableImageException(
                    Kind.BROKEN, "the image is broken: its directories claim more bytes than the file has");
        }
    }

    private boolean holds(long at, long bytes) {
        return at >= 0 && bytes >= 0 && at <= tiff.limit() - bytes;
    }

    /** Unsigned, but for one of 8 bytes. */
    private long number(int at, int bytes) {
        return switch (bytes) {
            case 1 -> tiff.get(at) & 0xFFL;
            case 2 -> tiff.getShort(at) & 0xFFFFL;
            case 4 -> tiff.getInt(at) & 0xFFFFFFFFL;
            case 8 -> tiff.getLong(at);
            default -> throw new IllegalArgumentException(bytes + " bytes are no number");
        };
    }
}
