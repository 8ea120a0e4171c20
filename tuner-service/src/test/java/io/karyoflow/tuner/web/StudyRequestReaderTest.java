package io.karyoflow.tuner.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.tuner.scheduler.AsynchronousSuccessiveHalving;
import io.karyoflow.tuner.scheduler.RunToTheEnd;
import io.karyoflow.tuner.search.RandomSearch;
import io.karyoflow.tuner.search.TreeParzenSearch;
import io.karyoflow.tuner.space.Choice;
import io.karyoflow.tuner.space.SearchSpace;
import io.karyoflow.tuner.study.InvalidStudyException;
import io.karyoflow.tuner.study.Metric;
import io.karyoflow.tuner.study.Promotion;
import io.karyoflow.tuner.study.Repeats;
import io.karyoflow.tuner.study.StudySpecification;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StudyRequestReaderTest {
    private static final String SPACE = "\"space\":{\"dropout\":{\"type\":\"uniform\",\"min\":0,\"max\":0.5}}";

    @Test
    void whatIsLeftOutHasItsDefault() {
        StudySpecification specification =
                StudyRequestReader.read("{\"dataset\":\"d\"," + SPACE + "}").specification();
        assertThat(specification.search()).isEqualTo(new RandomSearch());
        assertThat(specification.scheduler()).isEqualTo(new RunToTheEnd());
        assertThat(specification.metric()).isEqualTo(Metric.MACRO_F1);
        assertThat(specification.trials()).isEqualTo(10);
        assertThat(specification.promotion()).isEqualTo(Promotion.ALWAYS);
    }

    @Test
    void aGridRunsAllOfItUnlessToldOtherwise() {
        String grid = "{\"dataset\":\"d\",\"search\":{\"type\":\"grid\",\"points\":4}," + SPACE + "}";
        assertThat(StudyRequestReader.read(grid).specification().trials()).isEqualTo(4);
    }

    @Test
    void aSearchThatLearnsHasMoreTrialsThanItsRandomOnesUnlessToldOtherwise() {
        StudySpecification specification = StudyRequestReader.read(
                        "{\"dataset\":\"d\",\"search\":{\"type\":\"tpe\",\"startupTrials\":5}," + SPACE + "}")
                .specification();
        assertThat(specification.search()).isEqualTo(new TreeParzenSearch(5, 24));
        assertThat(specification.trials()).isEqualTo(20);
    }

    @Test
    void oneTrialIsRunOfASpaceThatLeavesNothingToVary() {
        for (String space :
                List.of("{}", "{\"inputSize\":32}", "{\"dropout\":{\"type\":\"choice\",\"values\":[0.1]}}")) {
            assertThat(StudyRequestReader.read("{\"dataset\":\"d\",\"space\":" + space + "}")
                            .specification()
                            .trials())
                    .as(space)
                    .isEqualTo(1);
        }
    }

    @Test
    void everythingCanBeSaid() {
        StudySpecification specification = StudyRequestReader.read("{\"name\":\"n\",\"dataset\":\"d\",\"trials\":5,"
                        + "\"concurrency\":3,\"metric\":\"loss\",\"epochs\":7,\"validationFold\":2,\"seed\":9,"
                        + "\"promotion\":\"ifBetter\","
                        + "\"scheduler\":{\"type\":\"asha\",\"gracePeriod\":2}," + SPACE + "}")
                .specification();
        assertThat(specification.scheduler()).isEqualTo(new AsynchronousSuccessiveHalving(2, 3));
        assertThat(specification.metric()).isEqualTo(Metric.LOSS);
        assertThat(specification.seed()).isEqualTo(9);
        assertThat(specification.promotion()).isEqualTo(Promotion.IF_BETTER);
    }

    @Test
    void aValueByItselfIsThatOfAllTrials() {
        SearchSpace space = StudyRequestReader.read("{\"dataset\":\"d\",\"space\":{\"inputSize\":32,"
                        + "\"stainNormalisation\":\"slide\",\"averageOrientations\":true,\"stainJitter\":0.2}}")
                .specification()
                .space();
        assertThat(space)
                .isEqualTo(new SearchSpace(Map.of(
                        "inputSize", new Choice(List.of(32)),
                        "stainNormalisation", new Choice(List.of("slide")),
                        "averageOrientations", new Choice(List.of(true)),
                        "stainJitter", new Choice(List.of(0.2)))));
        assertThat(space.problems()).isEmpty();
    }

    @Test
    void whatIsRepeatedSaysHowOftenAndPromotesNothing() {
        StudySpecification specification = StudyRequestReader.read(
                        "{\"dataset\":\"d\",\"space\":{},\"repeats\":{\"folds\":[0,1,2],\"seeds\":[7,5]}}")
                .specification();
        assertThat(specification.repeats()).isEqualTo(new Repeats(List.of(0, 1, 2), List.of(7L, 5L)));
        assertThat(specification.trials()).isEqualTo(6);
        assertThat(specification.promotion()).isEqualTo(Promotion.NEVER);
        assertThat(StudyRequestReader.read(
                                "{\"dataset\":\"d\",\"space\":{},\"validationFold\":2,\"repeats\":{\"seeds\":[1]}}")
                        .specification()
                        .repeats())
                .isEqualTo(new Repeats(List.of(2), List.of(1L)));
        assertThat(StudyRequestReader.read("{\"dataset\":\"d\",\"space\":{},\"seed\":9,\"repeats\":{\"folds\":[1]}}")
                        .specification()
                        .repeats())
                .isEqualTo(new Repeats(List.of(1), List.of(9L)));
    }

    @Test
    void repeatsThatCannotBeMeantAreRefused() {
        String study = "{\"dataset\":\"d\",\"space\":{},";
        refused(study + "\"repeats\":{\"folds\":[0,0]}}", "repeats: folds [0, 0] must not repeat");
        refused(study + "\"repeats\":{\"seeds\":[]}}", "repeats: seeds must list at least one");
        refused(study + "\"repeats\":{\"seeds\":[null]}}", "repeats: seeds must list", "no null");
        refused(study + "\"repeats\":{\"folds\":3}}", "repeats.folds: must be a list, in brackets");
        refused(study + "\"repeats\":{\"fold\":[3]}}", "repeats.fold: is not a setting here; known are folds, seeds");
        refused(
                study + "\"validationFold\":1,\"repeats\":{\"folds\":[0]}}",
                "validationFold: repeats.folds says it, too");
        refused(study + "\"seed\":1,\"repeats\":{\"seeds\":[1]}}", "seed: repeats.seeds says it, too");
    }

    @Test
    void aTrialIsRepeatedAsItWasIfNothingIsSaid() {
        assertThat(StudyRequestReader.readRepeats("")).isEqualTo(new Repeats(null, null));
        assertThat(StudyRequestReader.readRepeats("{\"seeds\":[1,2]}")).isEqualTo(new Repeats(null, List.of(1L, 2L)));
        assertThatThrownBy(() -> StudyRequestReader.readRepeats("{\"seed\":1}"))
                .isInstanceOf(InvalidStudyException.class)
                .hasMessageContaining("seed: is not a setting here");
    }

    @Test
    void nulIsRefusedWhereverItIsAndABackslashBeforeU0000IsText() {
        refused("{\"dataset\":\"d\",\"name\":\"a\\u0000\"," + SPACE + "}", "NUL");
        refused("{\"dataset\":\"d\",\"space\":{\"weights\":\"\\\\\\u0000\"}}", "NUL");
        assertThat(StudyRequestReader.read("{\"dataset\":\"d\",\"name\":\"\\\\u0000\"," + SPACE + "}")
                        .givenName())
                .contains("\\u0000");
    }

    @Test
    void mistakesAreNamedWithTheirPlace() {
        refused("", "the body is");
        refused("{", "the body is not JSON");
        refused("{\"dataset\":\"d\"}", "space: is missing", "loguniform");
        refused("{" + SPACE + "}", "dataset: is missing");
        refused("{\"dataset\":\"d\",\"epoch\":3," + SPACE + "}", "epoch: is not a setting here", "epochs");
        refused(
                "{\"dataset\":\"d\",\"space\":{\"dropout\":{\"type\":\"gaussian\",\"min\":0}}}",
                "space.dropout: the type \"gaussian\" is not known",
                "[choice, integer, loguniform, uniform]");
        refused(
                "{\"dataset\":\"d\",\"search\":{\"type\":\"bayes\"}," + SPACE + "}",
                "search: the type \"bayes\" is not known",
                "[grid, random, tpe]");
        refused(
                "{\"dataset\":\"d\",\"search\":{\"type\":\"tpe\",\"startupTrials\":0}," + SPACE + "}",
                "search: startupTrials is 0");
        refused(
                "{\"dataset\":\"d\",\"search\":{\"type\":\"tpe\",\"points\":3}," + SPACE + "}",
                "search.points: is not a setting here",
                "candidates, startupTrials");
        refused("{\"dataset\":\"d\",\"space\":{\"dropout\":null}}", "space.dropout: is null");
        refused("{\"dataset\":\"d\",\"space\":{\"dropout\":[0.1]}}", "space.dropout: is a list");
        refused("{\"dataset\":\"d\",\"space\":{\"dropout\":{\"min\":0}}}", "space.dropout: has no \"type\"");
        refused(
                "{\"dataset\":\"d\",\"space\":{\"dropout\":{\"type\":\"uniform\",\"min\":2,\"max\":1}}}",
                "space.dropout: min 2.0 must be below max 1.0");
        refused("{\"dataset\":\"d\",\"space\":{\"dropout\":{\"type\":\"uniform\",\"min\":2}}}", "space.dropout", "max");
        refused("{\"dataset\":\"d\",\"trials\":2.5," + SPACE + "}", "trials");
        refused("{\"dataset\":\"d\",\"metric\":\"auc\"," + SPACE + "}", "metric", "macroF1");
        refused("{\"dataset\":\"d\",\"promotion\":\"maybe\"," + SPACE + "}", "promotion", "ifBetter");
    }

    @Test
    void whatIsOfAnotherTypeIsNotGuessed() {
        refused("{\"dataset\":\"d\",\"metric\":2," + SPACE + "}", "metric: must be one of [macroF1, accuracy, loss]");
        refused("{\"dataset\":\"d\",\"metric\":\"2\"," + SPACE + "}", "metric: must be one of");
        refused("{\"dataset\":\"d\",\"metric\":\"\"," + SPACE + "}", "metric: must be one of");
        refused("{\"dataset\":\"d\",\"promotion\":2," + SPACE + "}", "promotion: must be one of", "ifBetter");
        refused("{\"dataset\":\"d\",\"epochs\":\"\"," + SPACE + "}", "epochs: must be a whole number, without quotes");
        refused("{\"dataset\":\"d\",\"epochs\":\"5\"," + SPACE + "}", "epochs: must be a whole number, without quotes");
        refused(
                "{\"dataset\":\"d\",\"space\":{\"dropout\":{\"type\":\"uniform\",\"min\":\"0\",\"max\":1}}}",
                "space.dropout.min: must be a number, without quotes");
    }

    @Test
    void whatIsSaidTwiceIsRefused() {
        refused("{\"dataset\":\"d\",\"epochs\":1,\"epochs\":100," + SPACE + "}", "uplicate", "epochs");
        refused("{\"dataset\":\"d\",\"space\":{\"dropout\":0.1,\"dropout\":0.2}}", "uplicate", "dropout");
    }

    private static void refused(String json, String... parts) {
        assertThatThrownBy(() -> StudyRequestReader.read(json).specification())
                .isInstanceOf(InvalidStudyException.class)
                .hasMessageContainingAll(parts);
    }
}
