package io.karyoflow.explain.explanation;

import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.explain.explanation.Subject.Classified;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which class the model sees in each image: the one whose score the maps explain. */
final class ClassifySubjects {
    /** Values of images in one call of the model: 16 MiB of floats, unless a single image has more. */
    private static final int VALUES_AT_ONCE = 4 * 1024 * 1024;

    private ClassifySubjects() {}

    /** Images of one size go through the model together. */
    static List<Classified> with(ServedModel model, List<Subject> subjects) {
        Map<List<Integer>, List<Subject>> bySize = new LinkedHashMap<>();
        for (Subject subject : subjects) {
            List<Integer> size =
                    List.of(subject.image().height(), subject.image().width());
            bySize.computeIfAbsent(size, any -> new ArrayList<>()).add(subject);
        }
        return bySize.values().stream()
                .flatMap(sameSize -> atOnce(sameSize).stream())
                .map(together -> classify(model, together))
                .flatMap(Collection::stream)
                .toList();
    }

    private static List<List<Subject>> atOnce(List<Subject> sameSize) {
        int count = Math.max(1, VALUES_AT_ONCE / sameSize.get(0).image().rgb().length);
        List<List<Subject>> chunks = new ArrayList<>();
        for (int from = 0; from < sameSize.size(); from += count) {
            chunks.add(sameSize.subList(from, Math.min(from + count, sameSize.size())));
        }
        return chunks;
    }

    private static List<Classified> classify(ServedModel model, List<Subject> subjects) {
        int count = subjects.size();
        int height = subjects.get(0).image().height();
        int width = subjects.get(0).image().width();
        float[] images = new float[count * height * width * 3];
        for (int i = 0; i < count; i++) {
            subjects.get(i).image().copyTo(images, i * height * width * 3);
        }
        ServedModel.Classification classification = model.classify(images, count, height, width);
        float[] inputs = model.preprocess(images, count, height, width);
        int inputSize = inputs.length / count;

        List<Classified> classified = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] probabilities = classification.probabilities()[i];
            int target = mostProbable(probabilities);
            classified.add(new Classified(
                    subjects.get(i),
                    Arrays.copyOfRange(inputs, i * inputSize, (i + 1) * inputSize),
                    target,
                    classification.logits()[i][target],
                    probabilities[target]));
        }
        return classified;
    }

    private static int mostProbable(float[] probabilities) {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            if (probabilities[i] > probabilities[best]) {
                best = i;
            }
        }
        return best;
    }
}
