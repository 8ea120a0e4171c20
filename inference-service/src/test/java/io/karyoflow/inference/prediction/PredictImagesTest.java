package io.karyoflow.inference.prediction;

import static io.karyoflow.inference.prediction.FirstPixelModel.png;
import static io.karyoflow.inference.prediction.PredictionsAtNoon.ASKED;
import static io.karyoflow.inference.prediction.PredictionsAtNoon.NOON;
import static io.karyoflow.inference.prediction.PredictionsAtNoon.predictImages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.Prediction;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.Sha256;
import io.karyoflow.common.model.ImageSizes;
import io.karyoflow.inference.prediction.FirstPixelModel.Call;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PredictImagesTest {
    private final FirstPixelModel model = new FirstPixelModel(Hyperparameters.DEFAULTS);

    @Test
    void aPredictionCarriesTheRequestTheModelAndTheTimes() {
        byte[] image = png(6, 4, 204);
        PredictionRequest request =
                new PredictionRequest("r1", "nucleus.png", "slide-7", 120L, 64L, null, List.of(), "image/png", image);

        Answer answer = predictImages(64, 1_000_000)
                .answer(List.of(new Asked(request, ASKED)), model)
                .get(0);

        Prediction prediction = ((Answer.Predicted) answer).prediction();
        assertThat(prediction.requestId()).isEqualTo("r1");
        assertThat(prediction.imageId()).isEqualTo(Sha256.of(image));
        assertThat(prediction.filename()).isEqualTo("nucleus.png");
        assertThat(prediction.slide()).isEqualTo("slide-7");
        assertThat(prediction.x()).isEqualTo(120);
        assertThat(prediction.y()).isEqualTo(64);
        assertThat(prediction.label()).isEqualTo(1);
        assertThat(prediction.className()).isEqualTo("red");
        assertThat(prediction.probabilities())
                .extracting(Prediction.ClassProbability::className)
                .containsExactly("dark", "red");
        assertThat(prediction.probabilities().get(1).probability()).isCloseTo(0.8, within(1e-6));
        assertThat(prediction.modelId()).isEqualTo("first-pixel");
        assertThat(prediction.requestedAt()).isEqualTo(ASKED);
        assertThat(prediction.predictedAt()).isEqualTo(NOON);
        assertThat(prediction.batchMillis()).isNotNegative();
    }

    @Test
    void anImageOfAnotherSizeThanTheModelLearnedFromIsLabelledWithAWarning() {
        model.sizes = new ImageSizes(10, 10, 10, 10);
        List<Asked> asked = List.of(
                asked("usual", png(10, 9, 255)), asked("small", png(5, 10, 255)), asked("large", png(20, 20, 0)));

        List<Answer> answers = predictImages(64, 1_000_000).answer(asked, model);

        assertThat(answers).extracting(PredictImagesTest::label).containsExactly("usual:1", "small:1", "large:0");
        assertThat(warning(answers.get(0))).isNull();
        assertThat(warning(answers.get(1))).contains("5 x 10 pixels").contains("10 x 10;");
        assertThat(warning(answers.get(2))).contains("20 x 20 pixels");
    }

    @Test
    void anImageOfASizeThatZoomHasShownToTheModelIsUsual() {
        FirstPixelModel zoomed = new FirstPixelModel(Hyperparameters.of(Map.of("zoom", 0.5)));
        zoomed.sizes = new ImageSizes(10, 10, 10, 10);

        List<Answer> answers = predictImages(64, 1_000_000)
                .answer(List.of(asked("usual", png(16, 16, 255)), asked("large", png(17, 17, 255))), zoomed);

        assertThat(warning(answers.get(0))).isNull();
        assertThat(warning(answers.get(1))).contains("17 x 17 pixels");
    }

    @Test
    void aModelThatDoesNotSayWhatItLearnedFromWarnsOfNothing() {
        Answer answer = predictImages(64, 1_000_000)
                .answer(List.of(asked("small", png(5, 5, 255))), model)
                .get(0);

        assertThat(warning(answer)).isNull();
    }

    @Test
    void imagesOfOneSizeShareABatchAndAnswersKeepTheirOrder() {
        List<Asked> asked = List.of(
                asked("a", png(4, 4, 0)),
                asked("b", png(6, 6, 255)),
                asked("c", png(4, 4, 255)),
                asked("d", png(6, 6, 0)),
                asked("e", png(6, 4, 255)));

        List<Answer> answers = predictImages(64, 1_000_000).answer(asked, model);

        assertThat(answers).extracting(PredictImagesTest::label).containsExactly("a:0", "b:1", "c:1", "d:0", "e:1");
        assertThat(model.calls).containsExactly(new Call(2, 4, 4), new Call(2, 6, 6), new Call(1, 4, 6));
    }

    @Test
    void noBatchHasMoreImagesThanTheLimit() {
        List<Asked> asked = IntStream.range(0, 7)
                .mapToObj(i -> asked("r" + i, png(4, 4, i % 2 * 255)))
                .toList();

        List<Answer> answers = predictImages(3, 1_000_000).answer(asked, model);

        assertThat(model.calls).extracting(Call::count).containsExactly(3, 3, 1);
        assertThat(answers)
                .extracting(PredictImagesTest::label)
                .containsExactly("r0:0", "r1:1", "r2:0", "r3:1", "r4:0", "r5:1", "r6:0");
    }

    @Test
    void neverMorePixelsAreDecodedAndWaitThanTheLimit() {
        List<Asked> asked = List.of(
                asked("small", png(4, 4, 0)),
                asked("other size", png(4, 8, 0)),
                asked("small too", png(4, 4, 255)),
                asked("beyond the limit alone", png(20, 20, 255)),
                asked("small again", png(4, 4, 0)));

        List<Answer> answers = predictImages(64, 60).answer(asked, model);

        // 16 + 32 pixels wait; another 16 would be 64
        assertThat(model.calls)
                .containsExactly(
                        new Call(1, 4, 4),
                        new Call(1, 8, 4),
                        new Call(1, 4, 4),
                        new Call(1, 20, 20),
                        new Call(1, 4, 4));
        assertThat(answers).hasSize(5).allSatisfy(answer -> assertThat(answer).isInstanceOf(Answer.Predicted.class));
    }

    @Test
    void whatCannotBeDecodedIsRefusedWithTheReasonAndTheRestIsServed() {
        byte[] whole = png(40, 40, 255);
        List<Asked> asked = List.of(
                asked("first", png(4, 4, 255)),
                asked("text", "no image".getBytes()),
                asked("cut short", Arrays.copyOf(whole, whole.length / 2)),
                asked("too large", png(101, 100, 0)),
                asked("last", png(4, 4, 0)));

        List<Answer> answers = predictImages(new ImageDecoder(10_000), new BatchLimits(64, 1, 1_000_000))
                .answer(asked, model);

        assertThat(label(answers.get(0))).isEqualTo("first:1");
        assertThat(reason(answers.get(1))).contains("not an image");
        assertThat(reason(answers.get(2))).contains("truncated");
        assertThat(reason(answers.get(3))).contains("101 x 100").contains("karyoflow.image.max-pixels");
        assertThat(label(answers.get(4))).isEqualTo("last:0");
        assertThat(model.calls).containsExactly(new Call(2, 4, 4));
    }

    @Test
    void anImageOnWhichTheModelFailsIsRefusedAndTheRestIsServed() {
        model.failsOnRed = 100;
        List<Asked> asked = List.of(
                asked("first", png(4, 4, 255)),
                asked("bad", png(4, 4, 100)),
                asked("other size", png(6, 6, 255)),
                asked("last", png(4, 4, 0)));

        List<Answer> answers = predictImages(64, 1_000_000).answer(asked, model);

        assertThat(label(answers.get(0))).isEqualTo("first:1");
        assertThat(reason(answers.get(1)))
                .isEqualTo("the model failed: java.lang.IllegalStateException: red 100 is too much");
        assertThat(label(answers.get(2))).isEqualTo("other size:1");
        assertThat(label(answers.get(3))).isEqualTo("last:0");
    }

    @Test
    void aModelThatFailsOnAnyImageIsNoRequestsFault() {
        model.failsOnRed = 0;
        List<Asked> asked = List.of(asked("first", png(4, 4, 0)), asked("second", png(4, 4, 0)));

        assertThatThrownBy(() -> predictImages(64, 1_000_000).answer(asked, model))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("red 0 is too much");
    }

    @Test
    void batchesAreComputedSideBySide() {
        CyclicBarrier bothAreComputed = new CyclicBarrier(2);
        model.before = images -> bothAreComputed.await(30, TimeUnit.SECONDS);
        List<Asked> asked = IntStream.range(0, 6)
                .mapToObj(i -> asked("r" + i, png(4, 4, i % 2 * 255)))
                .toList();

        List<Answer> answers = predictImages(new BatchLimits(3, 2, 1_000_000)).answer(asked, model);

        assertThat(answers)
                .extracting(PredictImagesTest::label)
                .containsExactly("r0:0", "r1:1", "r2:0", "r3:1", "r4:0", "r5:1");
    }

    @Test
    void aFailureIsToldWhenNoBatchUsesTheModelAnyMore() {
        CountDownLatch otherSize = new CountDownLatch(1);
        AtomicBoolean slowEnded = new AtomicBoolean();
        model.failsOnRed = 0;
        model.before = images -> {
            if (images.height() == 4) {
                otherSize.await(30, TimeUnit.SECONDS);
                slowEnded.set(true);
            } else {
                otherSize.countDown();
            }
        };
        List<Asked> asked = List.of(asked("slow", png(4, 4, 0)), asked("quick", png(6, 6, 0)));

        assertThatThrownBy(
                        () -> predictImages(new BatchLimits(64, 2, 1_000_000)).answer(asked, model))
                .hasMessage("red 0 is too much");
        assertThat(slowEnded).isTrue();
    }

    @Test
    void nothingAskedIsNothingComputed() {
        assertThat(predictImages(64, 1000).answer(List.of(), model)).isEmpty();
        assertThat(model.calls).isEmpty();
    }

    private static Asked asked(String id, byte[] image) {
        return new Asked(new PredictionRequest(id, null, null, null, null, null, List.of(), null, image), ASKED);
    }

    private static String label(Answer answer) {
        Prediction prediction = ((Answer.Predicted) answer).prediction();
        return prediction.requestId() + ":" + prediction.label();
    }

    private static String warning(Answer answer) {
        return ((Answer.Predicted) answer).prediction().warning();
    }

    private static String reason(Answer answer) {
        return ((Answer.Refused) answer).reason();
    }
}
