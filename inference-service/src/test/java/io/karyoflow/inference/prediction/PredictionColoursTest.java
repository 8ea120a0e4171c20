package io.karyoflow.inference.prediction;

import static io.karyoflow.inference.prediction.FirstPixelModel.png;
import static io.karyoflow.inference.prediction.PredictionsAtNoon.ASKED;
import static io.karyoflow.inference.prediction.PredictionsAtNoon.predictImages;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.ColourSums;
import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.PredictionRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** By which colours a model sees an image, and what the answer says of them. */
class PredictionColoursTest {
    private static final byte[] BLACK = png(4, 4, 0);
    private static final byte[] REDDISH = png(4, 4, 255);
    private static final byte[] SMALL = png(2, 2, 255);

    private final FirstPixelModel model = new FirstPixelModel(Hyperparameters.DEFAULTS);
    private final FirstPixelModel modelOfSlides =
            new FirstPixelModel(Hyperparameters.of(Map.of("stainNormalisation", "slide")));

    @Test
    void anImageIsSeenByTheColoursOfItsSlidesImagesSoFar() throws Exception {
        PredictImages predictImages = predictImages(64, 1_000_000);

        List<Answer> first = predictImages.answer(
                List.of(
                        ofSlide("a", BLACK),
                        ofSlide("b", REDDISH),
                        ofSlide("a", REDDISH),
                        ofSlide(null, REDDISH),
                        ofSlide(null, BLACK)),
                modelOfSlides);
        predictImages.committed();
        List<Answer> second = predictImages.answer(List.of(ofSlide("a", SMALL)), modelOfSlides);

        assertThat(modelOfSlides.colours).hasSize(2);
        assertThat(modelOfSlides.colours.get(0))
                .containsExactly(numbers(
                        colours(BLACK, REDDISH),
                        colours(REDDISH),
                        colours(BLACK, REDDISH),
                        colours(REDDISH),
                        colours(BLACK)));
        assertThat(modelOfSlides.colours.get(1)).containsExactly(numbers(colours(BLACK, REDDISH, SMALL)));
        assertThat(first)
                .extracting(PredictionColoursTest::seenBy)
                .containsExactly(
                        colours(BLACK, REDDISH).numbers(),
                        colours(REDDISH).numbers(),
                        colours(BLACK, REDDISH).numbers(),
                        colours(REDDISH).numbers(),
                        colours(BLACK).numbers());
        assertThat(second)
                .extracting(PredictionColoursTest::seenBy)
                .containsExactly(colours(BLACK, REDDISH, SMALL).numbers());
    }

    @Test
    void anImageThatIsAnsweredOnceMoreBecauseACommitFailedCountsOnce() throws Exception {
        PredictImages predictImages = predictImages(64, 1_000_000);
        List<Asked> asked = List.of(ofSlide("a", BLACK), ofSlide("a", REDDISH));

        List<Answer> first = predictImages.answer(asked, modelOfSlides);
        List<Answer> again = predictImages.answer(asked, modelOfSlides);
        predictImages.committed();
        List<Answer> next = predictImages.answer(List.of(ofSlide("a", SMALL)), modelOfSlides);

        assertThat(again)
                .extracting(PredictionColoursTest::seenBy)
                .isEqualTo(first.stream().map(PredictionColoursTest::seenBy).toList());
        assertThat(seenBy(next.get(0))).isEqualTo(colours(BLACK, REDDISH, SMALL).numbers());
    }

    @Test
    void coloursThatTheRequestNamesWinOverThoseOfItsSlideAndChangeNothingForOthers() throws Exception {
        PredictImages predictImages = predictImages(64, 1_000_000);
        ColourStatistics given = colours(SMALL);

        List<Answer> answers =
                predictImages.answer(List.of(ofSlide("a", BLACK, given), ofSlide("a", REDDISH)), modelOfSlides);

        assertThat(modelOfSlides.colours).singleElement().isEqualTo(numbers(given, colours(REDDISH)));
        assertThat(answers)
                .extracting(PredictionColoursTest::seenBy)
                .containsExactly(given.numbers(), colours(REDDISH).numbers());
    }

    @Test
    void whatIsNotYetDecodedIsNotWaitedFor() throws Exception {
        predictImages(1, 1_000_000).answer(List.of(ofSlide("a", BLACK), ofSlide("a", REDDISH)), modelOfSlides);

        assertThat(modelOfSlides.colours).hasSize(2);
        assertThat(modelOfSlides.colours.get(0)).containsExactly(numbers(colours(BLACK)));
        assertThat(modelOfSlides.colours.get(1)).containsExactly(numbers(colours(BLACK, REDDISH)));
    }

    @Test
    void forAModelThatDoesNotSeeSlidesColoursAreNeitherAddedUpNorHandedOn() throws Exception {
        PredictImages predictImages = predictImages(64, 1_000_000);

        List<Answer> answers = predictImages.answer(List.of(ofSlide("a", BLACK), ofSlide(null, BLACK)), model);
        predictImages.answer(List.of(ofSlide("a", REDDISH)), modelOfSlides);

        assertThat(model.colours).singleElement().isEqualTo(numbers(ColourStatistics.USUAL, ColourStatistics.USUAL));
        assertThat(answers).extracting(PredictionColoursTest::seenBy).containsOnlyNulls();
        assertThat(modelOfSlides.colours).singleElement().isEqualTo(numbers(colours(REDDISH)));
    }

    private static Asked ofSlide(String slide, byte[] image) {
        return ofSlide(slide, image, null);
    }

    private static Asked ofSlide(String slide, byte[] image, ColourStatistics colours) {
        return new Asked(new PredictionRequest("r", null, slide, null, null, colours, List.of(), null, image), ASKED);
    }

    private static ColourStatistics colours(byte[]... images) throws UndecodableImageException {
        ColourSums sums = new ColourSums();
        for (byte[] image : images) {
            sums.add(new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS)
                    .decode(image)
                    .image());
        }
        return sums.statistics();
    }

    private static float[] numbers(ColourStatistics... colours) {
        float[] numbers = new float[colours.length * ColourStatistics.NUMBERS];
        for (int i = 0; i < colours.length; i++) {
            colours[i].copyTo(numbers, i * ColourStatistics.NUMBERS);
        }
        return numbers;
    }

    private static List<Float> seenBy(Answer answer) {
        return ((Answer.Predicted) answer).prediction().colours();
    }
}
