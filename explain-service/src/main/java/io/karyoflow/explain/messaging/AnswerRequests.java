package io.karyoflow.explain.messaging;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.message.ExplanationRequested;
import io.karyoflow.common.message.UnreadableMessageException;
import io.karyoflow.common.messaging.AnswerBatch;
import io.karyoflow.common.messaging.ImageRecords;
import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.explain.attribution.Target;
import io.karyoflow.explain.explanation.ExplainImages;
import io.karyoflow.explain.explanation.ExplainedImage;
import io.karyoflow.explain.explanation.Lane;
import io.karyoflow.explain.explanation.MethodOptions;
import io.karyoflow.explain.explanation.MethodRequest;
import io.karyoflow.explain.explanation.Question;
import io.karyoflow.explain.faithfulness.Measure;
import io.karyoflow.explain.recent.RecentRequests;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * From request records to answer records, for the methods of one lane. What cannot be explained becomes a dead letter
 * with its reason. Of what concerns no lane in particular, the quick one says it; that an image cannot be decoded, the
 * slow one where nothing is asked of the quick. That a model cannot be loaded, each says for its own methods: by the time
 * that the slow one comes to a request its model may be gone, though the quick one still had it.
 */
final class AnswerRequests implements AnswerBatch {
    static final String SOURCE = "explain";

    private static final Set<Measure> MEASURES = Set.of(Measure.AUC);

    private final Lane lane;
    private final MethodOptions methods;
    private final ServedModels<ServedModel> models;
    private final ExplainImages explainImages;
    private final ImageDecoder decoder;
    private final ExplainMetrics metrics;
    private final RecentRequests recent;

    AnswerRequests(
            Lane lane,
            MethodOptions methods,
            ServedModels<ServedModel> models,
            ExplainImages explainImages,
            ImageDecoder decoder,
            ExplainMetrics metrics,
            RecentRequests recent) {
        this.lane = lane;
        this.methods = methods;
        this.models = models;
        this.explainImages = explainImages;
        this.decoder = decoder;
        this.metrics = metrics;
        this.recent = recent;
    }

    @Override
    public ExplainAnswers answer(ConsumerRecords<String, byte[]> records) {
        ExplainAnswers answers = new ExplainAnswers(metrics, recent);
        Map<String, List<Asked>> byModel = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            read(record, answers).ifPresent(asked -> byModel.computeIfAbsent(
                            asked.requested().modelId(), model -> new ArrayList<>())
                    .add(asked));
        }
        byModel.forEach((modelId, asked) -> explain(modelId, asked, answers));
        return answers;
    }

    /** A request that wants something of this lane. */
    private record Asked(ConsumerRecord<String, byte[]> record, ExplanationRequested requested, Question question) {}

    private Optional<Asked> read(ConsumerRecord<String, byte[]> record, ExplainAnswers answers) {
        ExplanationRequested requested;
        try {
            requested = ImageRecords.explanationRequested(record);
        } catch (UnreadableMessageException e) {
            if (lane == Lane.QUICK) {
                answers.refuse(record, e.getMessage());
            }
            return Optional.empty();
        }
        List<String> wanted = requested.request().explain();
        List<String> unknown =
                wanted.stream().filter(method -> methods.lane(method).isEmpty()).toList();
        if (!unknown.isEmpty() && lane == Lane.QUICK) {
            answers.refuse(
                    record,
                    unknown,
                    "unknown attribution methods " + unknown + " in the header ce_explain; known are "
                            + String.join(", ", methods.names()));
        }
        List<String> ours = servedBy(lane, wanted);
        if (ours.isEmpty()) {
            return Optional.empty();
        }
        try {
            Question question = new Question(
                    decoder.decode(requested.request().bytes()).image(),
                    Optional.ofNullable(requested.request().colours()),
                    ours.stream().map(MethodRequest::new).toList(),
                    Optional.ofNullable(requested.label()).map(Target::ofClass),
                    MEASURES);
            return Optional.of(new Asked(record, requested, question));
        } catch (UndecodableImageException e) {
            if (lane == Lane.QUICK || servedBy(Lane.QUICK, wanted).isEmpty()) {
                List<String> ofAllLanes = wanted.stream()
                        .filter(method -> !unknown.contains(method))
                        .toList();
                answers.refuse(record, ofAllLanes, e.getMessage());
            }
            return Optional.empty();
        }
    }

    private List<String> servedBy(Lane which, List<String> wanted) {
        return wanted.stream()
                .filter(method -> methods.lane(method).equals(Optional.of(which)))
                .toList();
    }

    private void explain(String modelId, List<Asked> asked, ExplainAnswers answers) {
        List<ExplainedImage> explained;
        try {
            List<Question> questions = asked.stream().map(Asked::question).toList();
            explained = models.withModel(modelId, model -> explainImages.explain(model, questions));
        } catch (IllegalArgumentException e) {
            asked.forEach(one -> answers.refuse(
                    one.record(),
                    names(one.question()),
                    String.join(", ", names(one.question())) + ": model " + modelId
                            + ", which made the label, cannot be loaded: " + e.getMessage()));
            return;
        }
        for (int i = 0; i < asked.size(); i++) {
            Asked one = asked.get(i);
            answers.add(one.record(), one.requested(), one.question().image(), explained.get(i));
        }
    }

    private static List<String> names(Question question) {
        return question.methods().stream().map(MethodRequest::method).toList();
    }
}
