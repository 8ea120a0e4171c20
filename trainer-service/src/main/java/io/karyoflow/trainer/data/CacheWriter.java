package io.karyoflow.trainer.data;

import io.karyoflow.common.concurrent.OrderedWork;
import io.karyoflow.common.concurrent.WorkThreads;
import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.ColourSums;
import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.RgbImage;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.model.ImageSizes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes a data set's images into one file as they come. Where sizes differ, all are brought to the most common one
 * afterwards, since a batch has one size. While it works, filenames are in memory, to know what came before and to put all
 * in order: about 150 bytes an image.
 */
final class CacheWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CacheWriter.class);

    private final Path folder;
    private final DatasetRegistered dataset;
    private final ImageDecoder decoder;
    private final OrderedWork<Decoded, IOException> decoding;
    private final LongConsumer grownBy;
    private final Path decoded;
    private final CheckedOutputStream output;
    private final Map<String, Image> byFilename = new TreeMap<>();
    /** Each size once, however many images have it. */
    private final Map<Size, Size> sizes = new HashMap<>();
    /** By group, in the order in which they came. */
    private final Map<String, Slide> slides = new LinkedHashMap<>();

    private long written;

    private record Size(int height, int width) {
        int bytes() {
            return 3 * height * width;
        }
    }

    private record Decoded(LabelledImage image, ImageDecoder.Attempt attempt) {}

    private record Slide(int number, ColourSums colours) {}

    private record Image(int label, int fold, int slide, Size size, long offset) {}

    /**
     * @param threads that decode images
     * @param grownBy told of all bytes that are written
     */
    CacheWriter(Path folder, DatasetRegistered dataset, ImageDecoder decoder, WorkThreads threads, LongConsumer grownBy)
            throws IOException {
        this.folder = folder;
        this.dataset = dataset;
        this.decoder = decoder;
        this.decoding = new OrderedWork<>(threads, decoded -> write(decoded.image(), pixels(decoded)));
        this.grownBy = grownBy;
        this.decoded = folder.resolve("decoded.rgb");
        this.output = checked(decoded);
    }

    /** A file that came before is skipped: publishing is at least once. */
    void add(LabelledImage image) throws IOException {
        if (byFilename.containsKey(image.filename())) {
            return;
        }
        if (image.label() < 0 || image.label() >= dataset.classes().size()) {
            throw new UnusableDatasetException(image.filename() + " of data set " + dataset.datasetId() + " has label "
                    + image.label() + ", but its classes are " + dataset.classes() + "; import the data set again");
        }
        decoding.add(() -> new Decoded(image, decoder.attempt(image.bytes())));
    }

    private void write(LabelledImage image, RgbImage pixels) throws IOException {
        if (byFilename.containsKey(image.filename())) { // it came twice within what is decoded at the same time
            return;
        }
        write(pixels, output);
        Size size = sizes.computeIfAbsent(new Size(pixels.height(), pixels.width()), Function.identity());
        byFilename.put(image.filename(), new Image(image.label(), image.fold(), slide(image, pixels), size, written));
        written += size.bytes();
    }

    /** @return the number of the slide, to whose colours those of the image are added */
    private int slide(LabelledImage image, RgbImage pixels) {
        if (image.group() == null) {
            return CacheIndex.UNKNOWN;
        }
        Slide slide = slides.computeIfAbsent(image.group(), group -> new Slide(slides.size(), new ColourSums()));
        slide.colours().add(pixels);
        return slide.number();
    }

    /** Completes the folder. @throws UnusableDatasetException if images are missing */
    void finish() throws IOException {
        decoding.finish();
        output.close();
        if (byFilename.size() != dataset.images()) {
            throw new UnusableDatasetException("data set " + dataset.datasetId() + " is registered with "
                    + dataset.images() + " images, but " + byFilename.size()
                    + " were found in its offset ranges of the images topic; import it again");
        }
        Size common = mostCommonSize();
        Path pixels = CacheIndex.pixels(folder);
        long checksum;
        if (sizes.size() == 1) {
            Files.move(decoded, pixels);
            checksum = output.getChecksum().getValue();
        } else {
            LOG.info(
                    "data set {} has images of {} sizes; all are resized to the most common, {} x {} pixels",
                    dataset.datasetId(),
                    sizes.size(),
                    common.height(),
                    common.width());
            checksum = resizeAll(common, pixels);
            Files.delete(decoded);
        }
        IntBuffer entries = entries(sizes.size() == 1);
        new CacheIndex(common.height(), common.width(), imageSizes(), checksum, colours(), entries, names())
                .write(folder);
    }

    @Override
    public void close() throws IOException {
        output.close();
    }

    private RgbImage pixels(Decoded decoded) {
        try {
            return decoded.attempt().image();
        } catch (UndecodableImageException e) {
            throw new UnusableDatasetException(
                    decoded.image().filename() + " of data set " + dataset.datasetId() + " cannot be decoded: "
                            + e.getMessage(),
                    e);
        }
    }

    private Size mostCommonSize() {
        Map<Size, Long> counts =
                byFilename.values().stream().collect(Collectors.groupingBy(Image::size, Collectors.counting()));
        return counts.entrySet().stream()
                .max(Map.Entry.<Size, Long>comparingByValue()
                        .thenComparing(entry -> entry.getKey().bytes())
                        .thenComparing(entry -> entry.getKey().height()))
                .orElseThrow(() -> new UnusableDatasetException("data set " + dataset.datasetId() + " has no images"))
                .getKey();
    }

    private ImageSizes imageSizes() {
        return ImageSizes.of(
                byFilename.values().stream().mapToInt(image -> image.size().height()),
                byFilename.values().stream().mapToInt(image -> image.size().width()));
    }

    private FloatBuffer colours() {
        float[] colours = new float[ColourStatistics.NUMBERS * slides.size()];
        slides.values()
                .forEach(slide ->
                        slide.colours().statistics().copyTo(colours, ColourStatistics.NUMBERS * slide.number()));
        return FloatBuffer.wrap(colours);
    }

    /** In the order of filenames, whatever the order they came in. */
    private IntBuffer entries(boolean asTheyCame) {
        IntBuffer entries = CacheIndex.room(byFilename.size());
        int inOrder = 0;
        for (Image image : byFilename.values()) {
            int slot =
                    asTheyCame ? Math.toIntExact(image.offset() / image.size().bytes()) : inOrder++;
            entries.put(image.label()).put(image.fold()).put(slot).put(image.slide());
        }
        return entries;
    }

    private CacheNames names() {
        List<String> names = new ArrayList<>(byFilename.keySet());
        names.addAll(slides.keySet());
        return CacheNames.of(names);
    }

    /** @return the new file's checksum */
    private long resizeAll(Size size, Path target) throws IOException {
        try (RandomAccessFile source = new RandomAccessFile(decoded.toFile(), "r");
                CheckedOutputStream resized = checked(target)) {
            for (Image image : byFilename.values()) {
                byte[] rgb = new byte[image.size().bytes()];
                source.seek(image.offset());
                source.readFully(rgb);
                RgbImage original =
                        new RgbImage(image.size().height(), image.size().width(), rgb);
                write(AreaAverage.resize(original, size.height(), size.width()), resized);
            }
            return resized.getChecksum().getValue();
        }
    }

    private void write(RgbImage image, OutputStream to) throws IOException {
        to.write(image.rgb());
        grownBy.accept(image.rgb().length);
    }

    private static CheckedOutputStream checked(Path file) throws IOException {
        return new CheckedOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20), new CRC32C());
    }
}
