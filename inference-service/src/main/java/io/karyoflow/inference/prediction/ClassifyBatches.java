package io.karyoflow.inference.prediction;

import io.karyoflow.common.concurrent.OrderedWork;
import io.karyoflow.common.concurrent.WorkThreads;
import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.RgbImage;
import io.karyoflow.common.message.Prediction;
import io.karyoflow.common.message.Prediction.ClassProbability;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.Sha256;
import io.karyoflow.common.runtime.Classifier;
import io.karyoflow.common.runtime.Classifier.Classification;
import io.karyoflow.common.runtime.ImageBatch;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the batches of the requests in hand labelled side by side, and writes the answers to the requests' positions. */
final class ClassifyBatches implements GroupBySize.Next {
    private static final Logger LOG = LoggerFactory.getLogger(ClassifyBatches.class);

    private final Classifier model;
    private final boolean seesSlides;
    private final SlideColours slides;
    private final List<Asked> asked;
    private final Answer[] answers;
    private final OrderedWork<Void, RuntimeException> batches;
    private final Clock clock;

    ClassifyBatches(
            Classifier model,
            SlideColours slides,
            List<Asked> asked,
            Answer[] answers,
            WorkThreads threads,
            Clock clock) {
        this.model = model;
        this.seesSlides = model.description().seesSlides();
        this.slides = slides;
        this.asked = asked;
        this.answers = answers;
        this.batches = new OrderedWork<>(threads, nothing -> {});
        this.clock = clock;
    }

    /** Colours are taken now, as images that come later add to them. */
    @Override
    public void take(SameSizeBatch batch) {
        List<ColourStatistics> colours =
                seesSlides ? colours(batch) : Collections.nCopies(batch.count(), ColourStatistics.USUAL);
        batches.add(() -> {
            classify(batch, colours);
            return null;
        });
    }

    @Override
    public void finish() {
        batches.finish();
    }

    /** Returns when nothing uses the model any more, so that it may be closed. */
    void endAfter(Throwable failure) {
        try {
            finish();
        } catch (RuntimeException | Error e) {
            failure.addSuppressed(e);
        }
    }

    private List<ColourStatistics> colours(SameSizeBatch batch) {
        return IntStream.range(0, batch.count())
                .mapToObj(i -> colours(request(batch, i), batch.images().get(i)))
                .toList();
    }

    private ColourStatistics colours(PredictionRequest request, RgbImage image) {
        return request.colours() == null ? slides.of(request.slide(), image) : request.colours();
    }

    private PredictionRequest request(SameSizeBatch batch, int image) {
        return asked.get(batch.positions().get(image)).request();
    }

    private void classify(SameSizeBatch batch, List<ColourStatistics> colours) {
        try {
            classifyTogether(batch, colours);
        } catch (RuntimeException e) {
            if (batch.count() > 1) { // so that an image on which the model fails takes no other with it
                for (int i = 0; i < batch.count(); i++) {
                    classify(batch.only(i), colours.subList(i, i + 1));
                }
            } else {
                checkThatItAnswers();
                LOG.warn("model {} failed on an image", model.id(), e);
                answers[batch.positions().get(0)] = new Answer.Refused("the model failed: " + e);
            }
        }
    }

    /** A model that fails on a black image, too, is itself at fault, and no request: what it throws may pass. */
    private void checkThatItAnswers() {
        int height = model.description().inputHeight();
        int width = model.description().inputWidth();
        RgbImage black = new RgbImage(height, width, new byte[height * width * 3]);
        model.classify(ImageBatch.of(List.of(black), List.of(ColourStatistics.USUAL)));
    }

    private void classifyTogether(SameSizeBatch batch, List<ColourStatistics> colours) {
        long start = System.nanoTime();
        Classification classification = model.classify(ImageBatch.of(batch.images(), colours));
        double millis = (System.nanoTime() - start) / 1e6;
        Instant now = clock.instant();
        for (int i = 0; i < batch.count(); i++) {
            int position = batch.positions().get(i);
            List<Float> seenBy = seesSlides ? colours.get(i).numbers() : null;
            answers[position] = new Answer.Predicted(prediction(batch, i, seenBy, classification, now, millis));
        }
    }

    private Prediction prediction(
            SameSizeBatch batch,
            int image,
            List<Float> colours,
            Classification classification,
            Instant now,
            double millis) {
        PredictionRequest request = request(batch, image);
        List<String> classes = model.description().classes();
        float[] probabilities = classification.probabilities()[image];
        int label = classification.mostProbable(image);
        return new Prediction(
                request.id(),
                Sha256.of(request.bytes()),
                request.filename(),
                request.slide(),
                request.x(),
                request.y(),
                colours,
                label,
                classes.get(label),
                IntStream.range(0, classes.size())
                        .mapToObj(i -> new ClassProbability(classes.get(i), probabilities[i]))
                        .toList(),
                model.id(),
                asked.get(batch.positions().get(image)).at(),
                now,
                millis,
                model.description().warning(batch.height(), batch.width()).orElse(null));
    }
}
