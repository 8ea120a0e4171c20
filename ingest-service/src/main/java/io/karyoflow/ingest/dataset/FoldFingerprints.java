package io.karyoflow.ingest.dataset;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Sha256;
import io.karyoflow.ingest.dataset.split.Folds;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Says of each fold what a model is validated on there, so that models can be compared although each import is a data set of
 * its own. A fingerprint is the SHA-256 of a line with the classes (a JSON array: labels are positions in it, and macro F1
 * is a mean over it) and of a line {@code ID LABEL} for each image of the fold, by ids. What images are called, their groups
 * and the other folds change nothing about what is measured. Stored ones are compared with new ones, so the form stays.
 */
final class FoldFingerprints {
    private FoldFingerprints() {}

    /**
     * @param files in the order of {@code folds}, no two of the same bytes
     * @return [folds] 64 hexadecimal digits each
     */
    static List<String> of(List<LabelledFile> files, Folds folds, List<String> classes) {
        MessageDigest[] digests =
                Stream.generate(Sha256::digest).limit(folds.split().folds()).toArray(MessageDigest[]::new);
        byte[] ofClasses = line(MessageJson.writeText(classes));
        for (MessageDigest digest : digests) {
            digest.update(ofClasses);
        }
        IntStream.range(0, files.size())
                .boxed()
                .sorted(Comparator.comparing(image -> files.get(image).id()))
                .forEach(image -> digests[folds.of(image)].update(line(files.get(image))));
        return Stream.of(digests)
                .map(digest -> HexFormat.of().formatHex(digest.digest()))
                .toList();
    }

    private static byte[] line(LabelledFile file) {
        return line(file.id() + " " + file.label());
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
