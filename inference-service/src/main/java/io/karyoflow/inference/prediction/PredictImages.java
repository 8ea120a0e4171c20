package io.karyoflow.inference.prediction;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.message.Prediction;
import io.karyoflow.common.message.Prediction.ClassProbability;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.Sha256;
import io.karyoflow.common.runtime.Classifier;
import io.karyoflow.common.runtime.Classifier.Classification;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Answers requests with one model. An image that cannot be used is refused; the others of its batch are served. */
public final class PredictImages {
    private final ImageDecoder decoder;
    private final BatchLimits limits;
    private final Clock clock;

    public PredictImages(ImageDecoder decoder, BatchLimits limits, Clock clock) {
        this.decoder = decoder;
        this.limits = limits;
        this.clock = clock;
    }

    /** @return the answers in the order of the requests, one for each */
    public List<Answer> answer(List<Asked> asked, Classifier model) {
        Answer[] answers = new Answer[asked.size()];
        GroupBySize groups = new GroupBySize(limits, batch -> classify(batch, model, asked, answers));
        for (int position = 0; position < answers.length; position++) {
            try {
                groups.add(
                        position,
                        decoder.decode(asked.get(position).request().bytes()).image());
            } catch (UndecodableImageException e) {
                answers[position] = new Answer.Refused(e.getMessage());
            }
        }
        groups.handOnAll();
        return Arrays.asList(answers);
    }

    private void classify(SameSizeBatch batch, Classifier model, List<Asked> asked, Answer[] answers) {
        long start = System.nanoTime();
        Classification classification = model.classify(batch.values(), batch.count(), batch.height(), batch.width());
        double millis = (System.nanoTime() - start) / 1e6;
        Instant now = clock.instant();
        for (int i = 0; i < batch.count(); i++) {
            int position = batch.positions().get(i);
            float[] probabilities = classification.probabilities()[i];
            answers[position] =
                    new Answer.Predicted(prediction(asked.get(position), probabilities, model, now, millis));
        }
    }

    private static Prediction prediction(
            Asked asked, float[] probabilities, Classifier model, Instant now, double millis) {
        PredictionRequest request = asked.request();
        List<String> classes = model.description().classes();
        int label = mostProbable(probabilities);
        return new Prediction(
                request.id(),
                Sha256.of(request.bytes()),
                request.filename(),
                request.slide(),
                request.x(),
                request.y(),
                label,
                classes.get(label),
                IntStream.range(0, classes.size())
                        .mapToObj(i -> new ClassProbability(classes.get(i), probabilities[i]))
                        .toList(),
                model.id(),
                asked.at(),
                now,
                millis);
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
