package io.karyoflow.ingest.sample;

import io.karyoflow.common.message.MessageJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Writes generated nuclei in the users' layout: {@code train.csv} and {@code train/} with labels and groups, {@code test/}
 * without, a folder for each tile, and {@code test-truth.csv} for those who want to check. Labelled and unlabelled images
 * are from different tiles, as slides of tomorrow are.
 */
public final class GenerateSample {
    private static final int LABELLED_TILES = 24;
    private static final int UNLABELLED_TILES = 8;
    /** Shares of the classes in the order of their labels: uneven, as in real tissue. */
    private static final double[] SHARES = {0.22, 0.32, 0.2, 0.26};

    private static final String REQUEST = "sample.json";

    private final Path root;

    /** @param root the folder below which samples are written */
    public GenerateSample(Path root) {
        this.root = root;
    }

    /**
     * Generates the sample, or finds it where the same request generated it before. One at a time: who asks again, having
     * waited for too long, is not to generate it once more beside the first.
     *
     * @return its folder
     * @throws FileAlreadyExistsException if another folder of that name is there
     */
    public synchronized Path generate(SampleRequest request) throws IOException {
        Path folder = root.resolve(request.name());
        if (Files.exists(folder)) {
            if (isOf(request, folder)) {
                return folder;
            }
            throw new FileAlreadyExistsException(folder.toString());
        }
        Files.createDirectories(root);
        // a sample is there whole or not at all, also when this process dies
        Path partial = Files.createTempDirectory(root, "." + request.name());
        try {
            write(request, partial);
            Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            deleteRecursively(partial);
        }
        return folder;
    }

    private static boolean isOf(SampleRequest request, Path folder) throws IOException {
        Path written = folder.resolve(REQUEST);
        return Files.exists(written)
                && MessageJson.read(Files.readAllBytes(written), SampleRequest.class)
                        .equals(request);
    }

    private static void write(SampleRequest request, Path folder) throws IOException {
        List<Nucleus> labelled = nuclei(request.labelled(), 1, 0, LABELLED_TILES, request.seed());
        List<Nucleus> unlabelled =
                nuclei(request.unlabelled(), request.labelled() + 1, LABELLED_TILES, UNLABELLED_TILES, request.seed());
        Path train = Files.createDirectory(folder.resolve("train"));
        Path test = Files.createDirectory(folder.resolve("test"));
        paint(labelled, nucleus -> train, request.seed());
        paint(unlabelled, nucleus -> test.resolve(nucleus.tileName()), request.seed());
        writeLines(folder.resolve("train.csv"), "Filename,Label,Group", labelled, Nucleus::rowWithGroup);
        writeLines(folder.resolve("test-truth.csv"), "Filename,Label", unlabelled, Nucleus::row);
        Files.write(folder.resolve(REQUEST), MessageJson.write(request));
    }

    /** One image to paint: its number gives its name and its random stream. */
    private record Nucleus(int number, Tissue tissue, int tile) {
        String filename() {
            return number + ".png";
        }

        String row() {
            return filename() + "," + tissue.ordinal();
        }

        String rowWithGroup() {
            return row() + "," + tileName();
        }

        String tileName() {
            return "tile-%02d".formatted(tile + 1);
        }
    }

    private static List<Nucleus> nuclei(int count, int firstNumber, int firstTile, int tiles, long seed) {
        List<Tissue> tissues = new ArrayList<>();
        double share = 0;
        for (Tissue tissue : Tissue.values()) {
            share += SHARES[tissue.ordinal()];
            while (tissues.size() < Math.round(share * count)) {
                tissues.add(tissue);
            }
        }
        Random random = Draw.stream(seed, -1 - firstTile);
        Collections.shuffle(tissues, random);
        return IntStream.range(0, count)
                .mapToObj(i -> new Nucleus(firstNumber + i, tissues.get(i), firstTile + random.nextInt(tiles)))
                .toList();
    }

    private static void paint(List<Nucleus> nuclei, Function<Nucleus, Path> folder, long seed) {
        nuclei.parallelStream().forEach(nucleus -> {
            Stain stain = Stain.of(Draw.stream(~seed, nucleus.tile()));
            try {
                ByteArrayOutputStream png = new ByteArrayOutputStream();
                ImageIO.write(
                        TissuePainter.paint(nucleus.tissue(), stain, Draw.stream(seed, nucleus.number()))
                                .toBufferedImage(),
                        "png",
                        png);
                Path into = Files.createDirectories(folder.apply(nucleus));
                Files.write(into.resolve(nucleus.filename()), png.toByteArray());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void writeLines(Path file, String header, List<Nucleus> nuclei, Function<Nucleus, String> row)
            throws IOException {
        Files.write(file, (Iterable<String>)
                Stream.concat(Stream.of(header), nuclei.stream().map(row))::iterator);
    }

    private static void deleteRecursively(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
