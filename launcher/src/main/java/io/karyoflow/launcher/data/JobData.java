package io.karyoflow.launcher.data;

import io.karyoflow.common.dataset.LabelRow;
import io.karyoflow.common.dataset.LabelTable;
import io.karyoflow.common.dataset.UnusableFileException;
import io.karyoflow.launcher.progress.JobFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A folder in the users' layout: {@code train.csv} with {@code train.zip} or {@code train/}, and where they exist
 * {@code test.zip} or {@code test/}, {@code example.csv} (the order wanted of labels) and {@code test-truth.csv}.
 *
 * @param folder the folder itself, whatever link led to it: ingest reads nothing outside of its import root
 * @param unlabelled the images to label, if there are any; where they are in several folders, each is a slide's
 */
public record JobData(Path folder, Optional<Images> unlabelled) {

    /** @throws JobFailure naming all that is missing, or what of it cannot be used */
    public static JobData in(Path folder) {
        requireComplete(folder);
        Optional<Images> unlabelled = Images.in(folder, "test")
                .map(Images::finished)
                .map(Images::bySlides)
                .filter(images -> images.count() > 0);
        unlabelled.ifPresent(Images::requireDistinctNames);
        JobData data = new JobData(withoutLinks(folder), unlabelled);
        data.trainingLabels();
        data.wantedOrder();
        data.truth();
        return data;
    }

    private static void requireComplete(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new JobFailure("--data: " + folder + " is not a folder");
        }
        List<String> missing = new ArrayList<>();
        if (!Files.isRegularFile(folder.resolve("train.csv"))) {
            missing.add("train.csv (columns Filename,Label and, where known, Group)");
        }
        if (!Files.isRegularFile(folder.resolve("train.zip")) && !Files.isDirectory(folder.resolve("train"))) {
            missing.add("train.zip or a folder train/ (the images that train.csv names)");
        }
        if (!missing.isEmpty()) {
            throw new JobFailure("--data: in " + folder + " there is no " + String.join(" and no ", missing));
        }
    }

    private static Path withoutLinks(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw new JobFailure("--data: cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Whether a network may count on knowing the slide of each image to label. */
    public boolean namesSlides() {
        return unlabelled.map(Images::nameSlides).orElse(true);
    }

    /** The labelled images; many, and seldom looked at. */
    public Images training() {
        return Images.in(folder, "train").orElseThrow();
    }

    /** By file name as {@code train.csv} has it. */
    public Map<String, String> trainingLabels() {
        return labels(folder.resolve("train.csv"));
    }

    /** Whether {@code train.csv} says in which fold each image is. */
    public boolean isInFolds() {
        return rows(folder.resolve("train.csv")).stream()
                .anyMatch(row -> !row.fold().isEmpty());
    }

    /** The order in which labels are wanted, if {@code example.csv} says so: names without folders. */
    public Optional<List<String>> wantedOrder() {
        Path example = folder.resolve("example.csv");
        return Files.isRegularFile(example)
                ? Optional.of(labels(example).keySet().stream()
                        .map(Images::withoutFolders)
                        .toList())
                : Optional.empty();
    }

    /** The true labels of the unlabelled images, which only generated data come with. */
    public Optional<Map<String, String>> truth() {
        Path truth = folder.resolve("test-truth.csv");
        return Files.isRegularFile(truth) ? Optional.of(labels(truth)) : Optional.empty();
    }

    /** Labels as written, by file name as written, in the order of the file. */
    private static Map<String, String> labels(Path csv) {
        Map<String, String> labels = new LinkedHashMap<>();
        rows(csv).forEach(row -> labels.put(row.filename(), row.label()));
        return labels;
    }

    private static List<LabelRow> rows(Path csv) {
        try {
            return LabelTable.read(csv);
        } catch (UnusableFileException e) {
            throw new JobFailure(e.getMessage(), e);
        } catch (IOException e) {
            throw new JobFailure("cannot read " + csv + ": " + e.getMessage(), e);
        }
    }
}
