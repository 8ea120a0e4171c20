package io.karyoflow.launcher.answers;

import io.karyoflow.common.message.Prediction;
import io.karyoflow.common.message.Topics;
import io.karyoflow.launcher.data.Images;
import io.karyoflow.launcher.progress.JobFailure;
import io.karyoflow.launcher.progress.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Puts images where a slide scanner would, those of a slide into a folder of their own, and waits for their answers. */
public final class StreamImages {
    private static final String REASON = ".reason.txt";
    private static final String DEAD_LETTERS = Topics.deadLetter(Topics.PREDICTION_REQUESTS);
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

    /** An image whose request became a dead letter has had its answer, as one that was refused. */
    public Streamed run(Images images) {
        patience.progress().step("Streaming " + images.count() + " unlabelled images through the watched folder");
        images.forEach(images.names(), (name, bytes) -> deliver(scannerPath(images, name), bytes));
        patience.await(
                "predictions for " + images.count() + " images",
                () -> soFar(images),
                streamed -> streamed.answered() >= images.count(),
                streamed -> streamed.predictions().size() + " of " + images.count() + " labelled"
                        + counted(streamed.refused(), "refused") + counted(streamed.dead(), "dead letters"));
        Streamed streamed = soFar(images);
        patience.progress().done(streamed.predictions().size() + " of " + images.count() + " labelled");
        streamed.refused().forEach((file, reason) -> patience.progress().done("refused: " + file + ": " + reason));
        streamed.dead().forEach((file, reason) -> patience.progress().done("dead letter: " + file + ": " + reason));
        return streamed;
    }

    private static String counted(Map<String, String> files, String what) {
        return files.isEmpty() ? "" : ", " + files.size() + " " + what;
    }

    public Streamed soFar(Images images) {
        Map<String, Prediction> predictions = new LinkedHashMap<>();
        Map<String, String> dead = new LinkedHashMap<>();
        Map<String, String> deadLetters = deadLetters();
        for (String name : images.names()) {
            String path = scannerPath(images, name);
            Optional<Prediction> prediction = answers.predictionOf(path);
            if (prediction.isPresent()) {
                predictions.put(name, prediction.get());
            } else if (deadLetters.containsKey(path)) {
                dead.put(name, deadLetters.get(path));
            }
        }
        return new Streamed(predictions, refused(), dead);
    }

    /** Reasons by the path that the scanner's folder has. */
    private Map<String, String> deadLetters() {
        Map<String, String> reasons = new HashMap<>();
        for (DeadLetter letter : answers.deadLetters()) {
            if (letter.topic().equals(DEAD_LETTERS) && letter.filename() != null) {
                reasons.put(letter.filename(), letter.reason());
            }
        }
        return reasons;
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
     * @param predictions by file name, in the images' order
     * @param refused by the watched folder: reasons by file name
     * @param dead requests that became dead letters: reasons by file name
     */
    public record Streamed(Map<String, Prediction> predictions, Map<String, String> refused, Map<String, String> dead) {
        public static final Streamed NONE = new Streamed(Map.of(), Map.of(), Map.of());

        /** What makes labels doubtful: sentences by file name. */
        public Map<String, String> warnings() {
            Map<String, String> warnings = new LinkedHashMap<>();
            predictions.forEach((name, prediction) -> {
                if (prediction.warning() != null) {
                    warnings.put(name, prediction.warning());
                }
            });
            return warnings;
        }

        int answered() {
            return predictions.size() + refused.size() + dead.size();
        }
    }
}
