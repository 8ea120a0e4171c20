package io.karyoflow.inference.prediction;

import io.karyoflow.common.concurrent.OrderedWork;
import io.karyoflow.common.concurrent.WorkThreads;
import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.RgbImage;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.runtime.Classifier;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Answers requests with one model. An image that cannot be used is refused; the others of its batch are served. Not for
 * several threads at once, as it remembers the colours of slides.
 */
public final class PredictImages {
    private final ImageDecoder decoder;
    private final WorkThreads decoding;
    private final BatchLimits limits;
    private final WorkThreads classifying;
    private final Clock clock;
    private final SlideColours slides;

    private record Decoded(int position, ImageDecoder.Attempt attempt) {}

    /**
     * @param decoding threads that decode images
     * @param forgetSlidesAfter without an image of it, a slide is forgotten: who then uses its name means another
     */
    public PredictImages(
            ImageDecoder decoder, WorkThreads decoding, BatchLimits limits, Duration forgetSlidesAfter, Clock clock) {
        this.decoder = decoder;
        this.decoding = decoding;
        this.limits = limits;
        this.classifying = new WorkThreads("classify", limits.batches());
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
        ClassifyBatches batches = new ClassifyBatches(model, slides, asked, answers, classifying, clock);
        GroupBySize groups = new GroupBySize(limits, batches);
        OrderedWork<Decoded, RuntimeException> images = new OrderedWork<>(decoding, decoded -> {
            int position = decoded.position();
            PredictionRequest request = asked.get(position).request();
            try {
                RgbImage image = decoded.attempt().image();
                // an image that is asked for again with its colours on record must not change what others are seen by
                if (seesSlides && request.colours() == null) {
                    slides.add(request.slide(), image);
                }
                groups.add(position, image);
            } catch (UndecodableImageException e) {
                answers[position] = new Answer.Refused(e.getMessage());
            }
        });
        try {
            for (int i = 0; i < answers.length; i++) {
                int position = i;
                byte[] bytes = asked.get(i).request().bytes();
                images.add(() -> new Decoded(position, decoder.attempt(bytes)));
            }
            images.finish();
            groups.finish();
        } catch (RuntimeException | Error e) {
            batches.endAfter(e);
            throw e;
        }
        return Arrays.asList(answers);
    }

    /** The last answers will not be given again: from now on their images count among those of their slides. */
    public void committed() {
        slides.remember();
    }
}
