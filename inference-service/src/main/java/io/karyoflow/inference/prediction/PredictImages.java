package io.karyoflow.inference.prediction;

import io.karyoflow.common.image.DecodeAhead;
import io.karyoflow.common.image.RgbImage;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.runtime.Classifier;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers requests with one model. An image that cannot be used is refused; the others of its batch are served. Not for
 * several threads at once, as it remembers the colours of slides.
 */
public final class PredictImages {
    private final DecodeAhead decodeAhead;
    private final BatchLimits limits;
    private final ExecutorService threads;
    private final Clock clock;
    private final SlideColours slides;

    /** @param forgetSlidesAfter without an image of it, a slide is forgotten: who then uses its name means another */
    public PredictImages(DecodeAhead decodeAhead, BatchLimits limits, Duration forgetSlidesAfter, Clock clock) {
        AtomicInteger number = new AtomicInteger();
        this.decodeAhead = decodeAhead;
        this.limits = limits;
        this.threads = Executors.newFixedThreadPool(limits.batches(), task -> {
            Thread thread = new Thread(task, "classify-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
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
        DecodeAhead.Images images =
                decodeAhead.of(asked.stream().map(one -> one.request().bytes()).toList());
        GroupBySize groups =
                new GroupBySize(limits, new ClassifyBatches(model, slides, asked, answers, threads, clock));
        try {
            for (int position = 0; position < answers.length; position++) {
                PredictionRequest request = asked.get(position).request();
                try {
                    RgbImage image = images.next();
                    // an image that is asked for again with its colours on record must not change what others are seen
                    // by
                    if (seesSlides && request.colours() == null) {
                        slides.add(request.slide(), image);
                    }
                    groups.add(position, image);
                } catch (UndecodableImageException e) {
                    answers[position] = new Answer.Refused(e.getMessage());
                }
            }
        } finally {
            groups.finish(); // whatever happens: the model may be closed afterwards
        }
        return Arrays.asList(answers);
    }

    /** The last answers will not be given again: from now on their images count among those of their slides. */
    public void committed() {
        slides.remember();
    }
}
