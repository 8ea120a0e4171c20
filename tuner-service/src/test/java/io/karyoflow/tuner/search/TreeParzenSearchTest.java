package io.karyoflow.tuner.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.tuner.space.Choice;
import io.karyoflow.tuner.space.IntegerRange;
import io.karyoflow.tuner.space.LogUniform;
import io.karyoflow.tuner.space.SearchSpace;
import io.karyoflow.tuner.space.Uniform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TreeParzenSearchTest {
    private static final TreeParzenSearch TPE = new TreeParzenSearch(null, null);
    private static final int EPOCHS = 10;

    /** Dropout does nothing here. */
    private static final SearchSpace SPACE = new SearchSpace(Map.of(
            "learningRate", new LogUniform(1e-4, 1e-1),
            "width", new IntegerRange(8, 128, 8),
            "optimiser", new Choice(List.of("adamw", "adam", "sgd")),
            "dropout", new Uniform(0, 0.8)));

    @Test
    void everyProposalIsOfItsSpace() {
        SearchSpace space = new SearchSpace(Map.of(
                "learningRate", new LogUniform(1e-4, 1e-2),
                "dropout", new Uniform(0, 0.5),
                "width", new IntegerRange(8, 32, 8),
                "optimiser", new Choice(List.of("adamw", "adam", "sgd")),
                "weightDecay", new Choice(List.of(0, 0.01)),
                "flipsAndTurns", new Choice(List.of(true, false)),
                "inputSize", new Choice(List.of(48))));
        assertThat(space.problems()).isEmpty();
        List<FinishedTrial> finished = new ArrayList<>();
        for (int number = 1; number <= 100; number++) {
            Map<String, Object> proposal = TPE.propose(space, 3, number, finished);
            assertThat(proposal).containsOnlyKeys(space.parameters().keySet());
            assertThat(proposal.get("learningRate")).isInstanceOfSatisfying(Double.class, rate -> assertThat(rate)
                    .isBetween(1e-4, 1e-2));
            assertThat(proposal.get("dropout")).isInstanceOfSatisfying(Double.class, dropout -> assertThat(dropout)
                    .isBetween(0.0, 0.5));
            assertThat(proposal.get("width")).isIn(8, 16, 24, 32);
            assertThat(proposal.get("optimiser")).isIn("adamw", "adam", "sgd");
            assertThat(proposal.get("weightDecay")).isIn(0, 0.01);
            assertThat(proposal.get("flipsAndTurns")).isIn(true, false);
            assertThat(proposal.get("inputSize")).isEqualTo(48);
            Hyperparameters tried = Hyperparameters.of(proposal);
            finished.add(completed(number, tried, number % 7 == 0 ? Double.NaN : tried.learningRate()));
        }
    }

    @Test
    void aSpaceThatLeavesNothingToVaryIsProposedAsItIs() {
        SearchSpace fixed = new SearchSpace(Map.of("inputSize", new Choice(List.of(48))));
        List<FinishedTrial> one = List.of(completed(1, Hyperparameters.of(Map.of("inputSize", 48)), 0.5));
        assertThat(new TreeParzenSearch(1, null).propose(fixed, 0, 2, one)).isEqualTo(Map.of("inputSize", 48));
    }

    @Test
    void proposesAtRandomUntilEnoughTrialsHaveAScore() {
        List<FinishedTrial> finished = new ArrayList<>();
        for (int number = 1; number <= 20; number++) {
            Hyperparameters random = Hyperparameters.of(new RandomSearch().propose(SPACE, 5, number, List.of()));
            // every other one fails
            finished.add(completed(number, random, number % 2 == 0 ? random.dropout() : Double.NaN));
        }
        assertThat(TPE.propose(SPACE, 5, 20, finished.subList(0, 19)))
                .isEqualTo(new RandomSearch().propose(SPACE, 5, 20, List.of()));
        assertThat(TPE.propose(SPACE, 5, 21, finished))
                .isNotEqualTo(new RandomSearch().propose(SPACE, 5, 21, List.of()));
    }

    @Test
    void proposalsDependOnNothingButTheArguments() {
        List<FinishedTrial> finished = dropouts(true, Double.NaN, EPOCHS);
        SearchSpace space = new SearchSpace(Map.of("dropout", new Uniform(0, 0.8)));
        assertThat(TPE.propose(space, 7, 21, finished)).isEqualTo(TPE.propose(space, 7, 21, finished));
        assertThat(IntStream.rangeClosed(21, 40).mapToObj(number -> TPE.propose(space, 7, number, finished)))
                .as("proposals made together")
                .doesNotHaveDuplicates();
    }

    @Test
    void keepsAwayFromWhereTrialsFail() {
        assertThat(highOf40(dropouts(true, Double.NaN, EPOCHS))).isGreaterThan(35);
    }

    @Test
    void aTrialThatWasStoppedIsBehindThoseThatWentFurtherWhateverItsScore() {
        assertThat(highOf40(dropouts(false, 0.99, 1))).isGreaterThan(35);
    }

    @Test
    void aTrialThatEndedBeforeItsBudgetByItselfIsJudgedByItsScore() {
        assertThat(highOf40(dropouts(true, 0.99, 1))).isLessThan(5);
    }

    /** How many of 40 proposals lie in the upper half of the dropouts. */
    private static long highOf40(List<FinishedTrial> finished) {
        SearchSpace space = new SearchSpace(Map.of("dropout", new Uniform(0, 0.8)));
        return IntStream.rangeClosed(21, 60)
                .filter(number ->
                        (double) TPE.propose(space, 7, number, finished).get("dropout") >= 0.4)
                .count();
    }

    /** 20 trials with dropouts from 0 to 0.8. In the upper half all is well, best at 0.6; the lower half is as is said. */
    private static List<FinishedTrial> dropouts(boolean lowerCompleted, double lowerScore, int lowerEpochs) {
        return IntStream.rangeClosed(1, 20)
                .mapToObj(number -> {
                    double dropout = (number - 0.5) / 20 * 0.8;
                    Hyperparameters tried = Hyperparameters.of(Map.of("dropout", dropout));
                    return dropout < 0.4
                            ? new FinishedTrial(number, tried, lowerScore, lowerEpochs, lowerCompleted)
                            : completed(number, tried, 1 - Math.abs(dropout - 0.6));
                })
                .toList();
    }

    @Test
    void findsBetterThanRandomSearchDoes() {
        assertBeatsRandom(TreeParzenSearchTest::eachByItself, 40, 27);
    }

    @Test
    void findsBetterThanRandomSearchDoesWhereTheRateDependsOnTheWidth() {
        assertBeatsRandom(TreeParzenSearchTest::rateByWidth, 80, 26);
    }

    /** Best at a rate of 10^-2.8 and a width of 88 with Adam: 0. */
    private static double eachByItself(Hyperparameters tried) {
        double rate = Math.log10(tried.learningRate()) + 2.8;
        return -rate * rate - lossBy(tried);
    }

    /** The wider, the lower the rate should be, which a density a parameter cannot say. */
    private static double rateByWidth(Hyperparameters tried) {
        double rate = 2 * (Math.log10(tried.learningRate()) + 2 + tried.width() / 96.0);
        return -rate * rate - lossBy(tried);
    }

    private static double lossBy(Hyperparameters tried) {
        double width = (tried.width() - 88) / 64.0;
        double optimiser =
                switch (tried.optimiser()) {
                    case ADAM -> 0;
                    case ADAMW -> 0.1;
                    case SGD -> 0.15;
                };
        return 0.5 * width * width + optimiser;
    }

    private static void assertBeatsRandom(ToDoubleFunction<Hyperparameters> score, int trials, int seedsOf40) {
        double[] random = bests(new RandomSearch(), score, trials);
        double[] learned = bests(TPE, score, trials);
        assertThat(IntStream.range(0, 40).filter(i -> learned[i] > random[i]))
                .as("seeds of 40 with which it found better")
                .hasSizeGreaterThanOrEqualTo(seedsOf40);
        assertThat(median(learned)).isGreaterThan(median(random) / 2);
    }

    /** Best score of so many trials one after the other, by seed; at most 0. */
    private static double[] bests(SearchAlgorithm search, ToDoubleFunction<Hyperparameters> score, int trials) {
        return IntStream.rangeClosed(1, 40)
                .mapToDouble(seed -> {
                    List<FinishedTrial> finished = new ArrayList<>();
                    for (int number = 1; number <= trials; number++) {
                        Hyperparameters tried = Hyperparameters.of(search.propose(SPACE, seed, number, finished));
                        finished.add(completed(number, tried, score.applyAsDouble(tried)));
                    }
                    return finished.stream()
                            .mapToDouble(FinishedTrial::score)
                            .max()
                            .orElseThrow();
                })
                .toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[19] + sorted[20]) / 2;
    }

    private static FinishedTrial completed(int number, Hyperparameters tried, double score) {
        return new FinishedTrial(number, tried, score, EPOCHS, true);
    }

    @Test
    void settingsAreCheckedAndHaveDefaults() {
        assertThat(TPE).isEqualTo(new TreeParzenSearch(10, 24));
        assertThat(TPE.summary()).isEqualTo("TPE, after 10 random trials");
        assertThat(TPE.usualTrials(SPACE)).isEqualTo(40);
        assertThatThrownBy(() -> new TreeParzenSearch(0, null)).hasMessageContaining("startupTrials is 0");
        assertThatThrownBy(() -> new TreeParzenSearch(null, 0)).hasMessageContaining("candidates is 0");
    }
}
