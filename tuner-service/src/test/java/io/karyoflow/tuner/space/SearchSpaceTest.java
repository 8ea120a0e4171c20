package io.karyoflow.tuner.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.MessageJson;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {
    private static final SearchSpace SPACE = new SearchSpace(Map.of(
            "learningRate", new LogUniform(1e-4, 1e-2),
            "dropout", new Uniform(0, 0.5),
            "width", new IntegerRange(8, 32, 8),
            "batchSize", new Choice(List.of(16, 32, 64))));

    @Test
    void samplesStayInRangeAndBind() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1000; i++) {
            Hyperparameters sampled = Hyperparameters.of(SPACE.sample(random));
            assertThat(sampled.learningRate()).isBetween(1e-4, 1e-2);
            assertThat(sampled.dropout()).isBetween(0.0, 0.5);
            assertThat(sampled.width()).isIn(8, 16, 24, 32);
            assertThat(sampled.batchSize()).isIn(16, 32, 64);
        }
    }

    @Test
    void logUniformGivesEveryDecadeTheSameChance() {
        LogUniform parameter = new LogUniform(1e-4, 1e-2);
        SplittableRandom random = new SplittableRandom(2);
        long lowerDecade = IntStream.range(0, 10_000)
                .filter(i -> (double) parameter.sample(random) < 1e-3)
                .count();
        assertThat(lowerDecade).isBetween(4_800L, 5_200L);
    }

    @Test
    void integerRangeReachesBothEnds() {
        SplittableRandom random = new SplittableRandom(3);
        Set<Object> seen = new HashSet<>();
        IntStream.range(0, 200).forEach(i -> seen.add(new IntegerRange(1, 4, null).sample(random)));
        assertThat(seen).containsExactlyInAnyOrder(1, 2, 3, 4);
    }

    @Test
    void gridsIncludeTheEnds() {
        assertThat(new Uniform(0, 1).grid(3)).containsExactly(0.0, 0.5, 1.0);
        assertThat(new Uniform(0, 1).grid(1)).containsExactly(0.5);
        assertThat(new LogUniform(1e-4, 1e-2).grid(3)).hasSize(3).first().isEqualTo(1e-4);
        assertThat((double) new LogUniform(1e-4, 1e-2).grid(3).get(1))
                .isCloseTo(1e-3, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(new IntegerRange(16, 48, 16).grid(5)).containsExactly(16, 32, 48);
        assertThat(new Choice(List.of("a", "b")).grid(1)).containsExactly("a", "b");
    }

    @Test
    void positionsLeadBackToTheirValues() {
        SPACE.parameters().forEach((name, parameter) -> {
            for (Object value : parameter.grid(5)) {
                assertThat(((Number) parameter.at(parameter.position(value))).doubleValue())
                        .as("%s %s", name, value)
                        .isCloseTo(((Number) value).doubleValue(), within(1e-12));
            }
        });
        assertThat(new Choice(List.of(0, 0.1)).position(0.0)).as("0.0 is 0").isEqualTo(0.25);
        assertThatThrownBy(() -> new Choice(List.of("a", "b")).position("c")).hasMessage("c is none of [a, b]");
    }

    @Test
    void theEndsOfTheUnitIntervalAreThoseOfTheRange() {
        assertThat(new Uniform(0.1, 0.7).at(0)).isEqualTo(0.1);
        assertThat(new Uniform(0.1, 0.7).at(1)).isEqualTo(0.7);
        assertThat(new LogUniform(1e-4, 1e-2).at(0)).isEqualTo(1e-4);
        assertThat(new LogUniform(1e-4, 1e-2).at(1)).isEqualTo(1e-2);
        assertThat(new IntegerRange(8, 32, 8).at(0)).isEqualTo(8);
        assertThat(new IntegerRange(8, 32, 8).at(1)).isEqualTo(32);
        assertThat(new IntegerRange(Integer.MIN_VALUE, Integer.MAX_VALUE, null).at(1))
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(new Choice(List.of("a", "b")).at(0)).isEqualTo("a");
        assertThat(new Choice(List.of("a", "b")).at(1)).isEqualTo("b");
    }

    @Test
    void onlyWhatHasMoreThanOneValueVaries() {
        SearchSpace space = new SearchSpace(Map.of(
                "inputSize", new Choice(List.of(32)),
                "width", new IntegerRange(8, 32, 8),
                "dropout", new Uniform(0, 0.5)));
        assertThat(space.varied()).containsOnlyKeys("dropout", "width");
        assertThat(new SearchSpace(Map.of("inputSize", new Choice(List.of(32)))).varies())
                .isFalse();
    }

    @Test
    void everyGridPointIsADifferentCombination() {
        long size = SPACE.gridSize(2);
        assertThat(size).isEqualTo(2 * 2 * 2 * 3);
        Set<Map<String, Object>> combinations = new HashSet<>();
        for (long place = 0; place < size; place++) {
            combinations.add(SPACE.gridPoint(2, place));
        }
        assertThat(combinations).hasSize((int) size);
    }

    @Test
    void readsItsJsonAndDoesNotDependOnItsOrder() {
        SearchSpace one = MessageJson.read(
                """
                {"width":{"type":"integer","min":8,"max":32,"step":8},"dropout":{"type":"uniform","min":0,"max":0.5},
                 "batchSize":{"type":"choice","values":[16,32,64]},
                 "learningRate":{"type":"loguniform","min":0.0001,"max":0.01}}""",
                SearchSpace.class);
        assertThat(one).isEqualTo(SPACE);
        assertThat(one.sample(new SplittableRandom(5))).isEqualTo(SPACE.sample(new SplittableRandom(5)));
        assertThat(MessageJson.read(MessageJson.writeText(SPACE), SearchSpace.class))
                .isEqualTo(SPACE);
    }

    @Test
    void aGoodSpaceHasNoProblems() {
        assertThat(SPACE.problems()).isEmpty();
        assertThat(new SearchSpace(Map.of("flipsAndTurns", new Choice(List.of(true, false)))).problems())
                .isEmpty();
        assertThat(new SearchSpace(Map.of(
                                "weights", new Choice(List.of("", "/data/backbone.safetensors")),
                                "trainable", new Choice(List.of("head", "staged", "all"))))
                        .problems())
                .isEmpty();
    }

    @Test
    void problemsNameTheParameterAndWhatToDo() {
        assertProblem("learningRate", new LogUniform(0.1, 2), "2.0", "above 0 and at most 1", "change the parameter");
        assertProblem("speed", new Uniform(0, 1), "unknown hyperparameter 'speed'", "learningRate");
        assertProblem("batchSize", new Uniform(8, 64), "whole numbers", "\"type\": \"integer\"");
        assertProblem("inputSize", new IntegerRange(16, 64, null), "inputSize is 17", "multiple of 8");
        assertProblem("width", new Choice(List.of(16, 4096)), "4096", "from 4 to 128");
        assertProblem("width", new Choice(List.of("16")), "takes whole numbers");
        assertProblem("dropout", new Choice(List.of("0.1")), "\"0.1\"", "without quotes");
        assertProblem("kernel", new IntegerRange(3, 5, null), "kernel is 4", "3 or 5");
        assertProblem("trainable", new Choice(List.of("all", "none")), "'none'", "head, staged, all");
        assertProblem("weights", new Choice(List.of(7)), "in quotes");
    }

    private static void assertProblem(String name, Parameter parameter, String... parts) {
        assertThat(new SearchSpace(Map.of(name, parameter)).problems())
                .singleElement()
                .asString()
                .startsWith("space." + name)
                .contains(parts);
    }

    @Test
    void emptyRangesAreRefused() {
        assertThatThrownBy(() -> new Uniform(1, 1)).hasMessageContaining("min 1.0 must be below max 1.0");
        assertThatThrownBy(() -> new LogUniform(0, 1)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> new IntegerRange(1, 10, 4)).hasMessageContaining("miss max 10");
        assertThatThrownBy(() -> new Choice(List.of())).hasMessageContaining("at least one");
        assertThatThrownBy(() -> new Choice(List.of(1, 1))).hasMessageContaining("must not repeat");
    }
}
