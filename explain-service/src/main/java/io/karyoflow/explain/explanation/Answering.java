package io.karyoflow.explain.explanation;

import io.karyoflow.common.image.RgbImage;
import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.explain.faithfulness.Measure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Where what is found out about one image is collected. */
final class Answering {
    private final Classified image;
    private final Map<MethodRequest, Explanation> explanations = new LinkedHashMap<>();
    private final Map<String, String> failures = new LinkedHashMap<>();

    Answering(Classified image) {
        this.image = image;
    }

    Classified image() {
        return image;
    }

    Set<Measure> measures() {
        return image.question().measures();
    }

    boolean wants(MethodRequest method) {
        return image.question().methods().contains(method);
    }

    void explained(MethodRequest method, Explanation explanation) {
        explanations.put(method, explanation);
    }

    void failed(MethodRequest method, String reason) {
        failures.put(method.method(), reason);
    }

    ExplainedImage complete(ServedModel model) {
        return new ExplainedImage(
                model.id(),
                model.description().classes(),
                image.probabilities(),
                image.logits(),
                image.predicted(),
                warning(model),
                image.target(),
                image.question().methods().stream()
                        .map(explanations::get)
                        .filter(Objects::nonNull)
                        .toList(),
                failures);
    }

    private String warning(ServedModel model) {
        RgbImage asked = image.question().image();
        return model.description().warning(asked.height(), asked.width()).orElse(null);
    }
}
