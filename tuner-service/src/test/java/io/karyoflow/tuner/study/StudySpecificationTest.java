package io.karyoflow.tuner.study;

import static io.karyoflow.tuner.study.TestStudy.dataset;
import static io.karyoflow.tuner.study.TestStudy.repeats;
import static io.karyoflow.tuner.study.TestStudy.specification;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.tuner.scheduler.AsynchronousSuccessiveHalving;
import io.karyoflow.tuner.scheduler.RunToTheEnd;
import io.karyoflow.tuner.search.GridSearch;
import io.karyoflow.tuner.search.RandomSearch;
import io.karyoflow.tuner.search.SearchAlgorithm;
import io.karyoflow.tuner.search.TreeParzenSearch;
import io.karyoflow.tuner.space.Choice;
import io.karyoflow.tuner.space.IntegerRange;
import io.karyoflow.tuner.space.LogUniform;
import io.karyoflow.tuner.space.SearchSpace;
import io.karyoflow.tuner.space.Uniform;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StudySpecificationTest {
    @Test
    void survivesItsJson() {
        StudySpecification asha = specification(9, 3, 27, new GridSearch(4), new AsynchronousSuccessiveHalving(3, 3));
        assertThat(MessageJson.read(MessageJson.writeText(asha), StudySpecification.class))
                .isEqualTo(asha);
        assertThat(MessageJson.writeText(asha)).contains("\"metric\":\"macroF1\"", "\"type\":\"asha\"");
        StudySpecification tpe = specification(9, 3, 27, new TreeParzenSearch(5, 100), new RunToTheEnd());
        assertThat(MessageJson.read(MessageJson.writeText(tpe), StudySpecification.class))
                .isEqualTo(tpe);
    }

    @Test
    void oneThatWasStoredBeforePromotionCouldBeChosenPromotesAlways() {
        String stored = MessageJson.writeText(specification(9, 3, 27)).replace(",\"promotion\":\"always\"", "");
        assertThat(stored).doesNotContain("promotion");
        assertThat(MessageJson.read(stored, StudySpecification.class)).isEqualTo(specification(9, 3, 27));
    }

    @Test
    void aGoodOneHasNoProblems() {
        assertThat(specification(9, 3, 27).problems(dataset("d1", 5, null))).isEmpty();
        assertThat(specification(9, 3, 27).problems(dataset("d1", 2, 0.2))).isEmpty();
    }

    @Test
    void everyProblemIsNamed() {
        assertThat(specification(0, -1, 0, new RandomSearch(), new AsynchronousSuccessiveHalving(4, 2))
                        .problems(dataset("d1", 5, null)))
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("trials: is 0"),
                        problem -> assertThat(problem).startsWith("concurrency: is -1"),
                        problem -> assertThat(problem).startsWith("epochs: is 0"),
                        problem -> assertThat(problem).startsWith("scheduler.gracePeriod is 4"));
    }

    @Test
    void aSearchThatWouldNeverLearnIsRefused() {
        SearchSpace space = new SearchSpace(Map.of("dropout", new Uniform(0, 0.5)));
        SearchAlgorithm search = new TreeParzenSearch(4, null);
        assertThat(withSpace(space, 4, search).problems(dataset("d1", 5, null)))
                .containsExactly(
                        "search: all of 4 trials would be random, as tpe learns after the first 4; give it more trials, set"
                                + " startupTrials to less, or use the search \"random\"");
        assertThat(withSpace(space, 5, search).problems(dataset("d1", 5, null))).isEmpty();
    }

    @Test
    void trialsThatWouldBeAlikeAreRefused() {
        for (SearchSpace fixed :
                List.of(new SearchSpace(Map.of()), new SearchSpace(Map.of("inputSize", new Choice(List.of(32)))))) {
            assertThat(withSpace(fixed, 10, new RandomSearch()).problems(dataset("d1", 5, null)))
                    .singleElement()
                    .asString()
                    .startsWith("space: leaves nothing to vary, so all 10 trials would be alike");
            assertThat(withSpace(fixed, 1, new RandomSearch()).problems(dataset("d1", 5, null)))
                    .isEmpty();
            assertThat(withSpace(fixed, 10, new GridSearch(3)).problems(dataset("d1", 5, null)))
                    .as("a grid runs its one combination once")
                    .isEmpty();
        }
        SearchSpace varied = new SearchSpace(Map.of(
                "inputSize", new Choice(List.of(32)),
                "width", new IntegerRange(8, 16, 8)));
        assertThat(withSpace(varied, 10, new RandomSearch()).problems(dataset("d1", 5, null)))
                .isEmpty();
    }

    private static StudySpecification withSpace(SearchSpace space, int trials, SearchAlgorithm search) {
        StudySpecification one = specification(trials, 1, 1);
        return new StudySpecification(
                one.dataset(),
                one.architecture(),
                space,
                search,
                one.scheduler(),
                one.trials(),
                one.concurrency(),
                one.metric(),
                one.epochs(),
                one.validationFold(),
                one.seed(),
                one.promotion(),
                one.repeats());
    }

    @Test
    void aGridMayNotExplode() {
        assertThat(specification(9, 3, 3, new GridSearch(10_000), new RunToTheEnd())
                        .problems(dataset("d1", 5, null)))
                .isEmpty();
        StudySpecification wide = new StudySpecification(
                "d1",
                Architecture.CONVNET,
                new SearchSpace(Map.of(
                        "learningRate", new LogUniform(1e-4, 1e-2),
                        "dropout", new Uniform(0, 0.5))),
                new GridSearch(1000),
                new RunToTheEnd(),
                5,
                1,
                Metric.LOSS,
                3,
                0,
                0,
                Promotion.ALWAYS,
                null);
        assertThat(wide.problems(dataset("d1", 5, null)))
                .singleElement()
                .asString()
                .contains("1000000 combinations", "random");
    }

    @Test
    void theFoldMustExist() {
        assertThat(withFold(5).problems(dataset("d1", 5, null)))
                .singleElement()
                .asString()
                .contains("from 0 to 4");
        assertThat(withFold(-1).problems(dataset("d1", 5, null))).hasSize(1);
        assertThat(withFold(1).problems(dataset("d1", 2, 0.2)))
                .singleElement()
                .asString()
                .contains("single split", "use 0");
    }

    private static StudySpecification withFold(int fold) {
        StudySpecification one = specification(1, 1, 1);
        return new StudySpecification(
                one.dataset(),
                one.architecture(),
                one.space(),
                one.search(),
                one.scheduler(),
                one.trials(),
                one.concurrency(),
                one.metric(),
                one.epochs(),
                fold,
                one.seed(),
                one.promotion(),
                one.repeats());
    }

    @Test
    void repeatsOfOneConfigurationAreAllAlikeButForFoldAndSeed() {
        StudySpecification repeats = repeats(List.of(0, 4), List.of(1L, 2L, 3L));
        assertThat(repeats.problems(dataset("d1", 5, null))).isEmpty();
        assertThat(repeats.plannedTrials()).isEqualTo(6);
        assertThat(MessageJson.read(MessageJson.writeText(repeats), StudySpecification.class))
                .isEqualTo(repeats);
        assertThat(repeats(List.of(0), List.of(1L, 2L)).problems(dataset("d1", 2, 0.2)))
                .isEmpty();
    }

    @Test
    void whatRepeatsHaveNoUseForIsRefused() {
        StudySpecification asked = new StudySpecification(
                "d1",
                Architecture.CONVNET,
                TestStudy.SPACE,
                new GridSearch(3),
                new AsynchronousSuccessiveHalving(1, 3),
                10,
                1,
                Metric.LOSS,
                3,
                0,
                0,
                Promotion.IF_BETTER,
                new Repeats(List.of(4, 5), List.of(1L)));
        assertThat(asked.problems(dataset("d1", 5, null)))
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("space: leaves learningRate to vary"),
                        problem -> assertThat(problem).startsWith("search: repeats"),
                        problem -> assertThat(problem).startsWith("scheduler: repeats"),
                        problem -> assertThat(problem).startsWith("trials: is 10, but there are 2 repeats"),
                        problem -> assertThat(problem).startsWith("promotion: repeats promote no model"),
                        problem -> assertThat(problem).startsWith("repeats.folds: one is 5; the data set has 5 folds"));
    }
}
