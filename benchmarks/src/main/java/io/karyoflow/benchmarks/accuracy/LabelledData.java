package io.karyoflow.benchmarks.accuracy;

import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.DatasetRegistered.Split;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.message.Sha256;
import io.karyoflow.ingest.dataset.split.Folds;
import io.karyoflow.ingest.dataset.split.SplitImages;
import io.karyoflow.ingest.dataset.split.SplitItem;
import io.karyoflow.ingest.dataset.split.SplitRequest;
import io.karyoflow.ingest.dataset.split.UnsplittableException;
import io.karyoflow.trainer.data.ImageSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An imported data set in memory, in place of the topics {@code datasets} and {@code images}.
 *
 * @param images encoded, each with its fold
 */
record LabelledData(DatasetRegistered registration, List<LabelledImage> images) implements ImageSource {

    /** The same images split whatever their groups and folds: neighbours from one tissue come to lie on both sides. */
    LabelledData splitAtRandom(SplitRequest request) throws UnsplittableException {
        List<LabelledImage> inOrderOfContent =
                images.stream().sorted(Comparator.comparing(LabelledImage::id)).toList();
        List<SplitItem> items = inOrderOfContent.stream()
                .map(image -> new SplitItem(image.label(), null, null))
                .toList();
        Folds folds = SplitImages.split(items, registration.classes(), request);
        List<LabelledImage> split = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            split.add(inFold(inOrderOfContent.get(i), folds.of(i)));
        }
        return new LabelledData(splitInto(folds), split);
    }

    private static LabelledImage inFold(LabelledImage image, int fold) {
        return new LabelledImage(
                image.id(),
                image.dataset(),
                image.filename(),
                image.label(),
                fold,
                image.group(),
                image.contentType(),
                image.bytes());
    }

    private DatasetRegistered splitInto(Folds folds) {
        return new DatasetRegistered(
                registration.datasetId(),
                registration.name(),
                registration.classes(),
                registration.images(),
                registration.classCounts(),
                folds.counts(),
                null,
                folds.split(),
                registration.ranges(),
                registration.registeredAt());
    }

    /** Folds that can be validated on: all, or of a single split the first. */
    List<Integer> validationFolds() {
        Split split = registration.split();
        int count = split.validationShare() == null ? split.folds() : 1;
        return IntStream.range(0, count).boxed().toList();
    }

    /** 64 hexadecimal digits: other images, labels, names or folds, another fingerprint. */
    String fingerprint() {
        String all = images.stream()
                .map(image -> image.id() + " " + image.label() + " " + image.fold() + " " + image.filename())
                .sorted()
                .collect(Collectors.joining("\n"));
        return Sha256.of(all.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void read(DatasetRegistered dataset, ImageReader reader, Runnable stillWanted) throws IOException {
        for (LabelledImage image : images) {
            stillWanted.run();
            reader.accept(image);
        }
    }
}
