package io.karyoflow.tuner.overview;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.tuner.testing.PlayedPredictions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrialPredictionsTest {
    private static final List<String> CLASSES = List.of("muscle", "immune, other");

    private final TrialPredictions predictions = of(new int[][] {{3, 1}, {2, 5}});

    @Test
    void theTableIsGivenAsItIs() throws IOException {
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        predictions.writeTo(csv);
        assertThat(csv.toString(UTF_8).lines())
                .hasSize(1 + 11)
                .startsWith(
                        "filename,group,label,predicted,probability,p(muscle),\"p(immune, other)\"",
                        "<3>.png,slide 3,muscle,\"immune, other\",0.9485,0.0515,0.9485");
    }

    @Test
    void mistakesAreGivenAlone() throws IOException {
        assertThat(mistakesOf(predictions))
                .containsExactly(
                        "filename,group,label,predicted,probability,p(muscle),\"p(immune, other)\"",
                        "<3>.png,slide 3,muscle,\"immune, other\",0.9485,0.0515,0.9485",
                        "<4>.png,slide 4,\"immune, other\",muscle,0.948,0.948,0.052",
                        "<5>.png,slide 0,\"immune, other\",muscle,0.9475,0.9475,0.0525");
    }

    @Test
    void theMostConfidentMistakesAreEnough() {
        assertThat(predictions.mistakes(2))
                .containsExactly(
                        new Mistake("<3>.png", "slide 3", "muscle", "immune, other", 0.9485),
                        new Mistake("<4>.png", "slide 4", "immune, other", "muscle", 0.948));
        assertThat(predictions.mistakes(20)).hasSize(3);
    }

    @Test
    void whoMakesNoMistakeHasNone() throws IOException {
        TrialPredictions flawless = of(new int[][] {{3, 0}, {0, 5}});

        assertThat(flawless.mistakes(20)).isEmpty();
        assertThat(mistakesOf(flawless)).hasSize(1);
    }

    @Test
    void behindTheMistakesNothingIsRead() throws IOException {
        byte[] gzip = PlayedPredictions.table(CLASSES, new int[][] {{400, 1}, {2, 397}});
        TrialPredictions predictions = new TrialPredictions(() ->
                new SequenceInputStream(new ByteArrayInputStream(gzip, 0, gzip.length * 3 / 4), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("this is not needed");
                    }
                }));

        assertThat(predictions.mistakes(20)).hasSize(3);
        assertThat(mistakesOf(predictions)).hasSize(1 + 3);
        assertThatThrownBy(() -> predictions.writeTo(OutputStream.nullOutputStream()))
                .hasMessage("this is not needed");
    }

    private static TrialPredictions of(int[][] matrix) {
        byte[] gzip = PlayedPredictions.table(CLASSES, matrix);
        return new TrialPredictions(() -> new ByteArrayInputStream(gzip));
    }

    private static Stream<String> mistakesOf(TrialPredictions predictions) throws IOException {
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        predictions.writeMistakesTo(csv);
        return csv.toString(UTF_8).lines();
    }
}
