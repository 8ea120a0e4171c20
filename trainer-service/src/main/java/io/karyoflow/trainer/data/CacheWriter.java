package io.karyoflow.trainer.data;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.RgbImage;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.LabelledImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes a data set's images into one file as they come. Where sizes differ, all are brought to the most common one
 * afterwards, since a batch has one size.
 */
final class CacheWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CacheWriter.class);

    private final Path folder;
    private final DatasetRegistered dataset;
    private final ImageDecoder decoder;
    private final Path decoded;
    private final OutputStream output;
    private final Map<String, Image> images = new TreeMap<>();
    private long written;

    private record Size(int height, int width) {
        int bytes() {
            return 3 * height * width;
        }
    }

    private record Image(String filename, int label, int fold, Size size, long offset) {}

    CacheWriter(Path folder, DatasetRegistered dataset, ImageDecoder decoder) throws IOException {
        this.folder = folder;
        this.dataset = dataset;
        this.decoder = decoder;
        this.decoded = folder.resolve("decoded.rgb");
        this.output = new BufferedOutputStream(Files.newOutputStream(decoded), 1 << 20);
    }

    /** A file that came before is skipped: publishing is at least once. */
    void add(LabelledImage image) throws IOException {
        if (images.containsKey(image.filename())) {
            return;
        }
        if (image.label() < 0 || image.label() >= dataset.classes().size()) {
            throw new UnusableDatasetException(image.filename() + " of data set " + dataset.datasetId() + " has label "
                    + image.label() + ", but its classes are " + dataset.classes() + "; import the data set again");
        }
        RgbImage pixels = decode(image);
        output.write(pixels.rgb());
        Size size = new Size(pixels.height(), pixels.width());
        images.put(image.filename(), new Image(image.filename(), image.label(), image.fold(), size, written));
        written += size.bytes();
    }

    /** Completes the folder. @throws UnusableDatasetException if images are missing */
    void finish() throws IOException {
        output.close();
        if (images.size() != dataset.images()) {
            throw new UnusableDatasetException("data set " + dataset.datasetId() + " is registered with "
                    + dataset.images() + " images, but " + images.size()
                    + " were found in its offset ranges of the images topic; import it again");
        }
        Map<Size, Long> sizes =
                images.values().stream().collect(Collectors.groupingBy(Image::size, Collectors.counting()));
        Size common = mostCommon(sizes);
        Path pixels = CacheIndex.pixels(folder);
        if (sizes.size() == 1) {
            Files.move(decoded, pixels);
        } else {
            LOG.info(
                    "data set {} has images of {} sizes; all are resized to the most common, {} x {} pixels",
                    dataset.datasetId(),
                    sizes.size(),
                    common.height(),
                    common.width());
            resizeAll(common, pixels);
            Files.delete(decoded);
        }
        new CacheIndex(common.height(), common.width(), entries(sizes.size() == 1), CacheIndex.checksum(pixels))
                .write(folder);
    }

    @Override
    public void close() throws IOException {
        output.close();
    }

    private RgbImage decode(LabelledImage image) {
        try {
            return decoder.decode(image.bytes()).image();
        } catch (UndecodableImageException e) {
            throw new UnusableDatasetException(
                    image.filename() + " of data set " + dataset.datasetId() + " cannot be decoded: " + e.getMessage(),
                    e);
        }
    }

    private Size mostCommon(Map<Size, Long> sizes) {
        return sizes.entrySet().stream()
                .max(Map.Entry.<Size, Long>comparingByValue()
                        .thenComparing(entry -> entry.getKey().bytes())
                        .thenComparing(entry -> entry.getKey().height()))
                .orElseThrow(() -> new UnusableDatasetException("data set " + dataset.datasetId() + " has no images"))
                .getKey();
    }

    /** In the order of filenames, whatever the order they came in. */
    private List<CacheIndex.Entry> entries(boolean asTheyCame) {
        List<CacheIndex.Entry> entries = new ArrayList<>();
        for (Image image : images.values()) {
            int slot =
                    asTheyCame ? Math.toIntExact(image.offset() / image.size().bytes()) : entries.size();
            entries.add(new CacheIndex.Entry(image.filename(), image.label(), image.fold(), slot));
        }
        return entries;
    }

    private void resizeAll(Size size, Path target) throws IOException {
        try (RandomAccessFile source = new RandomAccessFile(decoded.toFile(), "r");
                OutputStream resized = new BufferedOutputStream(Files.newOutputStream(target), 1 << 20)) {
            for (Image image : images.values()) {
                byte[] rgb = new byte[image.size().bytes()];
                source.seek(image.offset());
                source.readFully(rgb);
                RgbImage original =
                        new RgbImage(image.size().height(), image.size().width(), rgb);
                resized.write(AreaAverage.resize(original, size.height(), size.width())
                        .rgb());
            }
        }
    }
}
