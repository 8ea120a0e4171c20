package io.karyoflow.launcher.job;

import io.karyoflow.common.message.Prediction;
import io.karyoflow.launcher.answers.Answers;
import io.karyoflow.launcher.data.Images;
import io.karyoflow.launcher.progress.JobFailure;
import io.karyoflow.launcher.progress.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Puts images where a slide scanner would, those of a slide into a folder of their own, and waits until each has its label. */
public final class StreamImages {
    private static final String REASON = ".reason.txt";
    /** Slides' folders are in one that no folder of the scanner's own is called like. */
    private static final String SLIDES = "unlabelled";

    private final Path staging;
    private final Path scannerFolder;
    private final Answers answers;
    private final Patience patience;

    /** @param staging a folder on the same file system as the scanner's */
    public StreamImages(Path staging, Path scannerFolder, Answers answers, Patience patience) {
        this.staging = staging;
        this.scannerFolder = scannerFolder;
        this.answers = answers;
        this.patience = patience;
    }

    /** @return predictions by file name, in the images' order, and why files were refused */
    public Streamed run(Images images) {
        patience.progress().step("Streaming " + images.count() + " unlabelled images through the watched folder");
        images.forEach(images.names(), (name, bytes) -> deliver(scannerPath(images, name), bytes));
        patience.await(
                "predictions for " + images.count() + " images",
                () -> soFar(images),
                streamed -> streamed.predictions().size() + streamed.refused().size() >= images.count(),
                streamed -> streamed.predictions().size() + " of " + images.count() + " labelled"
                        + (streamed.refused().isEmpty()
                                ? ""
                                : ", " + streamed.refused().size() + " refused"));
        Streamed streamed = soFar(images);
        patience.progress().done(streamed.predictions().size() + " of " + images.count() + " labelled");
        streamed.refused().forEach((file, reason) -> patience.progress().done("refused: " + file + ": " + reason));
        return streamed;
    }

    public Streamed soFar(Images images) {
        Map<String, Prediction> predictions = new LinkedHashMap<>();
        for (String name : images.names()) {
            Optional<Prediction> prediction = answers.predictionOf(scannerPath(images, name));
            prediction.ifPresent(answer -> predictions.put(name, answer));
        }
        return new Streamed(predictions, refused());
    }

    /** Written beside the watched folder and then moved, so that it is never seen half written. */
    private void deliver(String path, byte[] bytes) throws IOException {
        Path target = scannerFolder.resolve(path);
        Files.createDirectories(target.getParent());
        Path written = Files.write(staging.resolve(target.getFileName()), bytes);
        Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String scannerPath(Images images, String name) {
        return slide(images, name).map(slide -> slide + "/" + name).orElse(name);
    }

    /** As ingest calls the slide of an image in that folder. */
    static Optional<String> slide(Images images, String name) {
        return images.slide(name).map(slide -> SLIDES + "/" + slide);
    }

    private Map<String, String> refused() {
        Path folder = scannerFolder.resolve("rejected");
        Map<String, String> reasons = new TreeMap<>(Images.BY_NAME);
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(REASON)).toList()) {
                    String name = file.getFileName().toString();
                    reasons.put(
                            name.substring(0, name.length() - REASON.length()),
                            Files.readString(file).strip());
                }
            } catch (IOException e) {
                throw new JobFailure("cannot read " + folder + ": " + e.getMessage(), e);
            }
        }
        return reasons;
    }

    /**
     * @param predictions by file name
     * @param refused reasons by file name
     */
    public record Streamed(Map<String, Prediction> predictions, Map<String, String> refused) {
        public static final Streamed NONE = new Streamed(Map.of(), Map.of());
    }
}
