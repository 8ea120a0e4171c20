package io.karyoflow.explain.explanation;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.RgbImage;
import io.karyoflow.common.runtime.Classifier.Classification;
import io.karyoflow.common.runtime.ImageBatch;
import io.karyoflow.common.runtime.ServedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the model sees in each image. */
final class ClassifyImages {
    /** Values of images in one call of the model: 16 MiB of floats, unless a single image has more. */
    private static final int VALUES_AT_ONCE = 4 * 1024 * 1024;

    private ClassifyImages() {}

    /** In the order of the questions; images of one size go through the model together. */
    static List<Classified> with(ServedModel model, List<Question> questions) {
        Map<List<Integer>, List<Integer>> bySize = new LinkedHashMap<>();
        for (int i = 0; i < questions.size(); i++) {
            RgbImage image = questions.get(i).image();
            bySize.computeIfAbsent(List.of(image.height(), image.width()), size -> new ArrayList<>())
                    .add(i);
        }
        Classified[] classified = new Classified[questions.size()];
        bySize.forEach((size, positions) -> {
            int atOnce = Math.max(1, VALUES_AT_ONCE / (size.get(0) * size.get(1) * 3));
            for (int from = 0; from < positions.size(); from += atOnce) {
                classify(
                        model,
                        questions,
                        positions.subList(from, Math.min(from + atOnce, positions.size())),
                        classified);
            }
        });
        return Arrays.asList(classified);
    }

    private static void classify(
            ServedModel model, List<Question> questions, List<Integer> positions, Classified[] classified) {
        List<Question> asked = positions.stream().map(questions::get).toList();
        List<ColourStatistics> colours =
                asked.stream().map(question -> colours(model, question)).toList();
        ImageBatch images = ImageBatch.of(asked.stream().map(Question::image).toList(), colours);
        Classification classification = model.classify(images);
        float[] inputs = model.preprocess(images);
        int inputSize = inputs.length / images.count();
        for (int i = 0; i < images.count(); i++) {
            classified[positions.get(i)] = new Classified(
                    asked.get(i),
                    colours.get(i),
                    Arrays.copyOfRange(inputs, i * inputSize, (i + 1) * inputSize),
                    classification.probabilities()[i],
                    classification.logits()[i],
                    classification.mostProbable(i));
        }
    }

    private static ColourStatistics colours(ServedModel model, Question question) {
        return model.description().seesSlides()
                ? question.colours().orElseGet(() -> ColourStatistics.of(question.image()))
                : ColourStatistics.USUAL;
    }
}
