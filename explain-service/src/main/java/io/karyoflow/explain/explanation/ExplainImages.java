package io.karyoflow.explain.explanation;

import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.explain.attribution.AttributionMap;
import io.karyoflow.explain.attribution.AttributionMethod;
import io.karyoflow.explain.attribution.BatchSize;
import io.karyoflow.explain.attribution.ExplainableModel;
import io.karyoflow.explain.attribution.Target;
import io.karyoflow.explain.attribution.UnsupportedByModelException;
import io.karyoflow.explain.faithfulness.Faithfulness;
import io.karyoflow.explain.faithfulness.MeasureFaithfulness;
import io.karyoflow.explain.runtime.ServedExplainableModel;
import io.karyoflow.explain.runtime.SideBySide;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers why a model sees what it sees in images. */
public final class ExplainImages {
    private static final Logger LOG = LoggerFactory.getLogger(ExplainImages.class);

    private final MethodOptions methods;
    private final SideBySide sideBySide;

    public ExplainImages(MethodOptions methods, SideBySide sideBySide) {
        this.methods = methods;
        this.sideBySide = sideBySide;
    }

    /**
     * One answer for each question, in order. A method that fails on an image is among its failures; its other methods and
     * the other images are answered.
     */
    public List<ExplainedImage> explain(ServedModel model, List<Question> questions) {
        try {
            return explainAll(model, questions);
        } catch (RuntimeException e) {
            if (questions.size() > 1) { // so that an image on which the model fails takes no other with it
                return questions.stream()
                        .flatMap(question -> explain(model, List.of(question)).stream())
                        .toList();
            }
            LOG.warn("model {} failed to classify an image", model.id(), e);
            return List.of(ExplainedImage.failed(model, questions.get(0), "the model failed: " + e));
        }
    }

    private List<ExplainedImage> explainAll(ServedModel model, List<Question> questions) {
        List<Answering> answers = ClassifyImages.with(model, questions).stream()
                .map(Answering::new)
                .toList();
        for (MethodRequest method : wanted(questions)) {
            answers.stream()
                    .filter(answer -> answer.wants(method))
                    .collect(Collectors.groupingBy(
                            answer -> inCommon(answer, method), LinkedHashMap::new, Collectors.toList()))
                    .values()
                    .forEach(alike -> explain(seeing(model, alike), method, alike));
        }
        return answers.stream().map(answer -> answer.complete(model)).toList();
    }

    /** What answers must agree in to be made together: of slides of different colours, white is not the same. */
    private List<Object> inCommon(Answering answer, MethodRequest method) {
        return methods.isAboutWhite(method)
                ? List.of(answer.measures(), answer.image().colours().format())
                : List.of(answer.measures());
    }

    /** The model as it sees these images. */
    private ExplainableModel seeing(ServedModel model, List<Answering> alike) {
        return new ServedExplainableModel(
                model, sideBySide, alike.get(0).image().colours());
    }

    private static Set<MethodRequest> wanted(List<Question> questions) {
        Set<MethodRequest> wanted = new LinkedHashSet<>();
        questions.forEach(question -> wanted.addAll(question.methods()));
        return wanted;
    }

    private void explain(ExplainableModel model, MethodRequest method, List<Answering> asking) {
        try {
            explainTogether(model, method, asking);
        } catch (UnsupportedByModelException e) {
            asking.forEach(answer -> answer.failed(method, e.getMessage()));
        } catch (RuntimeException e) {
            if (asking.size() > 1) {
                asking.forEach(answer -> explain(model, method, List.of(answer)));
            } else if (e instanceof IllegalArgumentException) {
                asking.get(0).failed(method, e.getMessage());
            } else {
                LOG.warn("{} failed", method, e);
                asking.get(0).failed(method, "the model failed: " + e);
            }
        }
    }

    private void explainTogether(ExplainableModel model, MethodRequest method, List<Answering> asking) {
        AttributionMethod attribution = methods.over(method, model);
        float[] inputs = inputs(asking);
        List<Target> targets =
                asking.stream().map(answer -> answer.image().target()).toList();
        long started = System.nanoTime();
        List<AttributionMap> maps = attribution.attribute(model, inputs, targets);
        double millisEach = (System.nanoTime() - started) / 1e6 / asking.size();
        List<Faithfulness> faithfulness = new MeasureFaithfulness(asking.get(0).measures(), BatchSize.DEFAULT)
                .of(model, attribution, inputs, targets, maps);
        for (int i = 0; i < asking.size(); i++) {
            asking.get(i)
                    .explained(
                            method,
                            new Explanation(
                                    method.method(), attribution, maps.get(i), faithfulness.get(i), millisEach));
        }
    }

    private static float[] inputs(List<Answering> asking) {
        int size = asking.get(0).image().input().length;
        float[] inputs = new float[asking.size() * size];
        for (int i = 0; i < asking.size(); i++) {
            System.arraycopy(asking.get(i).image().input(), 0, inputs, i * size, size);
        }
        return inputs;
    }
}
