package io.karyoflow.inference.prediction;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.DecodeAhead;
import io.karyoflow.common.image.RgbImage;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.message.Prediction;
import io.karyoflow.common.message.Prediction.ClassProbability;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.Sha256;
import io.karyoflow.common.runtime.Classifier;
import io.karyoflow.common.runtime.Classifier.Classification;
import io.karyoflow.common.runtime.ImageBatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests with one model. An image that cannot be used is refused; the others of its batch are served. Not for
 * several threads at once, as it remembers the colours of slides.
 */
public final class PredictImages {
    private static final Logger LOG = LoggerFactory.getLogger(PredictImages.class);

    private final DecodeAhead decodeAhead;
    private final BatchLimits limits;
    private final Clock clock;
    private final SlideColours slides;

    /** @param forgetSlidesAfter without an image of it, a slide is forgotten: who then uses its name means another */
    public PredictImages(DecodeAhead decodeAhead, BatchLimits limits, Duration forgetSlidesAfter, Clock clock) {
        this.decodeAhead = decodeAhead;
        this.limits = limits;
        this.clock = clock;
        this.slides = new SlideColours(forgetSlidesAfter, clock);
    }

    /**
     * What a model throws that fails on every image comes through as it is. After each call comes {@link #committed}, or,
     * if its answers could not be committed, the next call.
     *
     * @return the answers in the order of the requests, one for each
     */
    public List<Answer> answer(List<Asked> asked, Classifier model) {
        slides.takeNew();
        Answer[] answers = new Answer[asked.size()];
        boolean seesSlides = model.description().seesSlides();
        GroupBySize groups = new GroupBySize(limits, batch -> classify(batch, model, asked, answers));
        DecodeAhead.Images images =
                decodeAhead.of(asked.stream().map(one -> one.request().bytes()).toList());
        for (int position = 0; position < answers.length; position++) {
            PredictionRequest request = asked.get(position).request();
            try {
                RgbImage image = images.next();
                // an image that is asked for again with its colours on record must not change what others are seen by
                if (seesSlides && request.colours() == null) {
                    slides.add(request.slide(), image);
                }
                groups.add(position, image);
            } catch (UndecodableImageException e) {
                answers[position] = new Answer.Refused(e.getMessage());
            }
        }
        groups.handOnAll();
        return Arrays.asList(answers);
    }

    /** The last answers will not be given again: from now on their images count among those of their slides. */
    public void committed() {
        slides.remember();
    }

    private void classify(SameSizeBatch batch, Classifier model, List<Asked> asked, Answer[] answers) {
        try {
            classifyTogether(batch, model, asked, answers);
        } catch (RuntimeException e) {
            if (batch.count() > 1) { // so that an image on which the model fails takes no other with it
                batch.singly().forEach(single -> classify(single, model, asked, answers));
            } else {
                checkThatItAnswers(model);
                LOG.warn("model {} failed on an image", model.id(), e);
                answers[batch.positions().get(0)] = new Answer.Refused("the model failed: " + e);
            }
        }
    }

    /** A model that fails on a black image, too, is itself at fault, and no request: what it throws may pass. */
    private static void checkThatItAnswers(Classifier model) {
        int height = model.description().inputHeight();
        int width = model.description().inputWidth();
        RgbImage black = new RgbImage(height, width, new byte[height * width * 3]);
        model.classify(ImageBatch.of(List.of(black), List.of(ColourStatistics.USUAL)));
    }

    private void classifyTogether(SameSizeBatch batch, Classifier model, List<Asked> asked, Answer[] answers) {
        boolean seesSlides = model.description().seesSlides();
        List<ColourStatistics> colours =
                seesSlides ? colours(batch, asked) : Collections.nCopies(batch.count(), ColourStatistics.USUAL);
        long start = System.nanoTime();
        Classification classification = model.classify(ImageBatch.of(batch.images(), colours));
        double millis = (System.nanoTime() - start) / 1e6;
        Instant now = clock.instant();
        for (int i = 0; i < batch.count(); i++) {
            int position = batch.positions().get(i);
            List<Float> seenBy = seesSlides ? colours.get(i).numbers() : null;
            answers[position] = new Answer.Predicted(
                    prediction(asked.get(position), seenBy, classification, i, model, now, millis));
        }
    }

    private List<ColourStatistics> colours(SameSizeBatch batch, List<Asked> asked) {
        return IntStream.range(0, batch.count())
                .mapToObj(i -> colours(
                        asked.get(batch.positions().get(i)).request(),
                        batch.images().get(i)))
                .toList();
    }

    private ColourStatistics colours(PredictionRequest request, RgbImage image) {
        return request.colours() == null ? slides.of(request.slide(), image) : request.colours();
    }

    private static Prediction prediction(
            Asked asked,
            List<Float> colours,
            Classification classification,
            int image,
            Classifier model,
            Instant now,
            double millis) {
        PredictionRequest request = asked.request();
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
                asked.at(),
                now,
                millis);
    }
}
