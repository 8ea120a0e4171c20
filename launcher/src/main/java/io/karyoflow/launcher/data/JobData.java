package io.karyoflow.launcher.data;

import io.karyoflow.launcher.progress.JobFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A folder in the users' layout: {@code train.csv} with {@code train/} or {@code train.zip}, and where they exist
 * {@code test/} or {@code test.zip}, {@code example.csv} (the order wanted of labels) and {@code test-truth.csv}.
 *
 * @param folder the folder
 * @param training the labelled images
 * @param unlabelled the images to label, if there are any
 */
public record JobData(Path folder, Images training, Optional<Images> unlabelled) {

    /** @throws JobFailure naming all that is missing */
    public static JobData in(Path folder) {
        requireComplete(folder);
        return new JobData(
                folder,
                Images.in(folder, "train").orElseThrow(),
                Images.in(folder, "test").filter(images -> images.count() > 0));
    }

    /** @throws JobFailure naming all that is missing */
    public static void requireComplete(Path folder) {
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

    public Map<String, String> trainingLabels() {
        return LabelTable.read(folder.resolve("train.csv"));
    }

    /** The order in which labels are wanted, if {@code example.csv} says so. */
    public Optional<List<String>> wantedOrder() {
        Path example = folder.resolve("example.csv");
        return Files.isRegularFile(example)
                ? Optional.of(List.copyOf(LabelTable.read(example).keySet()))
                : Optional.empty();
    }

    /** The true labels of the unlabelled images, which only generated data come with. */
    public Optional<Map<String, String>> truth() {
        Path truth = folder.resolve("test-truth.csv");
        return Files.isRegularFile(truth) ? Optional.of(LabelTable.read(truth)) : Optional.empty();
    }
}
