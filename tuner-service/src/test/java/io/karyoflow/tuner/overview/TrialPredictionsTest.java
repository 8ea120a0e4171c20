package io.karyoflow.tuner.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.tuner.testing.PlayedPredictions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialPredictionsTest {
    private static final List<String> CLASSES = List.of("muscle", "immune, other");

    private final TrialPredictions predictions =
            new TrialPredictions(PlayedPredictions.table(CLASSES, new int[][] {{3, 1}, {2, 5}}));

    @Test
    void theTableIsGivenAsItIs() throws IOException {
        try (InputStream csv = predictions.csv()) {
            assertThat(new String(csv.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .hasSize(1 + 11)
                    .startsWith(
                            "filename,group,label,predicted,probability,p(muscle),\"p(immune, other)\"",
                            "<3>.png,slide 3,muscle,\"immune, other\",0.9485,0.0515,0.9485");
        }
    }

    @Test
    void mistakesAreGivenAlone() {
        assertThat(predictions.csvOfMistakes().lines())
                .containsExactly(
                        "filename,group,label,predicted,probability,p(muscle),\"p(immune, other)\"",
                        "<3>.png,slide 3,muscle,\"immune, other\",0.9485,0.0515,0.9485",
                        "<4>.png,slide 4,\"immune, other\",muscle,0.9480,0.9480,0.0520",
                        "<5>.png,slide 0,\"immune, other\",muscle,0.9475,0.9475,0.0525");
    }

    @Test
    void theMostConfidentMistakesAreEnough() {
        assertThat(predictions.mistakes(2))
                .containsExactly(
                        new Mistake("<3>.png", "slide 3", "muscle", "immune, other", 0.9485),
                        new Mistake("<4>.png", "slide 4", "immune, other", "muscle", 0.9480));
        assertThat(predictions.mistakes(20)).hasSize(3);
    }

    @Test
    void whoMakesNoMistakeHasNone() {
        TrialPredictions flawless =
                new TrialPredictions(PlayedPredictions.table(CLASSES, new int[][] {{3, 0}, {0, 5}}));

        assertThat(flawless.mistakes(20)).isEmpty();
        assertThat(flawless.csvOfMistakes().lines()).hasSize(1);
    }
}
