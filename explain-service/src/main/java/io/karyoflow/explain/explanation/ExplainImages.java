package io.karyoflow.explain.explanation;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.message.Attribution;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.Sha256;
import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.explain.attribution.AttributionMap;
import io.karyoflow.explain.attribution.AttributionMethod;
import io.karyoflow.explain.attribution.ExplainableModel;
import io.karyoflow.explain.attribution.Target;
import io.karyoflow.explain.explanation.Subject.Classified;
import io.karyoflow.explain.rendering.Overlay;
import io.karyoflow.explain.runtime.ServedDifferentiableModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests for explanations: for each method asked for, a map of why the model sees the class that it sees. */
public final class ExplainImages {
    private static final Logger LOG = LoggerFactory.getLogger(ExplainImages.class);

    private final ImageDecoder decoder;
    private final ExplanationConfiguration configuration;
    private final Clock clock;

    public ExplainImages(ImageDecoder decoder, ExplanationConfiguration configuration, Clock clock) {
        this.decoder = decoder;
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * One answer for each request, in order. A request that the model fails on is refused; the others are answered.
     *
     * @param requests each with at least one method in {@code explain}
     */
    public List<Answer> explain(ServedModel model, List<PredictionRequest> requests) {
        try {
            return explainTogether(model, requests);
        } catch (RuntimeException e) {
            if (requests.size() == 1) {
                LOG.warn("could not explain request {}", requests.get(0).id(), e);
                return List.of(new Answer.Refused("model " + model.id() + " could not explain it: " + e));
            }
            return requests.stream()
                    .flatMap(request -> explain(model, List.of(request)).stream())
                    .toList();
        }
    }

    private List<Answer> explainTogether(ServedModel model, List<PredictionRequest> requests) {
        List<Answer> answers = new ArrayList<>();
        List<Subject> subjects = new ArrayList<>();
        for (PredictionRequest request : requests) {
            try {
                Subject subject = read(request);
                subjects.add(subject);
                answers.add(subject.answer());
            } catch (UnknownMethodException | UndecodableImageException e) {
                answers.add(new Answer.Refused(e.getMessage()));
            }
        }
        List<Classified> classified = ClassifySubjects.with(model, subjects);
        for (ExplanationMethod method : ExplanationMethod.values()) {
            List<Classified> asking = classified.stream()
                    .filter(one -> one.subject().asksFor(method))
                    .toList();
            if (!asking.isEmpty()) {
                attribute(model, method, asking);
            }
        }
        return answers;
    }

    private Subject read(PredictionRequest request) throws UnknownMethodException, UndecodableImageException {
        return new Subject(
                request,
                decoder.decode(request.bytes()).image(),
                ExplanationMethod.named(request.explain()),
                new Answer.Explained(new ArrayList<>()));
    }

    private void attribute(ServedModel model, ExplanationMethod method, List<Classified> asking) {
        ExplainableModel explainable = new ServedDifferentiableModel(model);
        AttributionMethod attribution = method.setUp(configuration, explainable.inputShape());
        long started = System.nanoTime();
        List<AttributionMap> maps = attribution.attribute(explainable, inputs(asking), targets(asking));
        double millisEach = (System.nanoTime() - started) / 1e6 / asking.size();
        for (int i = 0; i < asking.size(); i++) {
            Classified one = asking.get(i);
            one.subject()
                    .answer()
                    .attributions()
                    .add(message(model, method, attribution, one, maps.get(i), millisEach));
        }
    }

    private Attribution message(
            ServedModel model,
            ExplanationMethod method,
            AttributionMethod attribution,
            Classified explained,
            AttributionMap map,
            double computeMillis) {
        PredictionRequest request = explained.subject().request();
        float[] values = method.perPixel(map);
        int height = map.shape().height();
        int width = map.shape().width();
        byte[] overlay = Overlay.png(explained.subject().image(), values, height, width, method.sign());
        return new Attribution(
                request.id(),
                Sha256.of(request.bytes()),
                request.filename(),
                method.id(),
                attribution.parameters(),
                explained.target(),
                model.description().classes().get(explained.target()),
                explained.score(),
                explained.probability(),
                List.of(height, width),
                base64(values),
                Base64.getEncoder().encodeToString(overlay),
                model.id(),
                clock.instant(),
                computeMillis);
    }

    private static float[] inputs(List<Classified> asking) {
        int size = asking.get(0).input().length;
        float[] inputs = new float[asking.size() * size];
        for (int i = 0; i < asking.size(); i++) {
            System.arraycopy(asking.get(i).input(), 0, inputs, i * size, size);
        }
        return inputs;
    }

    private static List<Target> targets(List<Classified> asking) {
        return asking.stream().map(one -> Target.ofClass(one.target())).toList();
    }

    private static String base64(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
