package io.karyoflow.tuner.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.tuner.space.Choice;
import io.karyoflow.tuner.space.SearchSpace;
import io.karyoflow.tuner.space.Uniform;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchesTest {
    private static final SearchSpace SPACE =
            new SearchSpace(Map.of("dropout", new Uniform(0, 0.5), "batchSize", new Choice(List.of(16, 32))));

    @Test
    void randomProposalsDependOnSeedAndNumberOnly() {
        SearchAlgorithm search = new RandomSearch();
        assertThat(search.propose(SPACE, 7, 3, List.of())).isEqualTo(search.propose(SPACE, 7, 3, List.of()));
        assertThat(search.propose(SPACE, 7, 3, List.of())).isNotEqualTo(search.propose(SPACE, 7, 4, List.of()));
        assertThat(search.propose(SPACE, 7, 3, List.of())).isNotEqualTo(search.propose(SPACE, 8, 3, List.of()));
    }

    @Test
    void randomProposalsFillTheSpace() {
        double[] dropouts = IntStream.rangeClosed(1, 1000)
                .mapToDouble(number -> (double)
                        new RandomSearch().propose(SPACE, 0, number, List.of()).get("dropout"))
                .toArray();
        for (double low = 0; low < 0.5; low += 0.1) {
            double from = low;
            assertThat(IntStream.range(0, 1000).filter(i -> dropouts[i] >= from && dropouts[i] < from + 0.1))
                    .hasSizeBetween(150, 250);
        }
    }

    @Test
    void gridVisitsEveryCombinationOnceInAnOrderOfItsSeed() {
        GridSearch grid = new GridSearch(3);
        assertThat(grid.limit(SPACE)).hasValue(6);
        List<Map<String, Object>> one = proposals(grid, 1);
        assertThat(one).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(proposals(grid, 2));
        assertThat(one).isEqualTo(proposals(grid, 1)).isNotEqualTo(proposals(grid, 2));
    }

    private static List<Map<String, Object>> proposals(GridSearch grid, long seed) {
        return IntStream.rangeClosed(1, 6)
                .mapToObj(number -> grid.propose(SPACE, seed, number, List.of()))
                .toList();
    }

    @Test
    void pointsMustBePositive() {
        assertThatThrownBy(() -> new GridSearch(0)).hasMessageContaining("points is 0");
        assertThat(new GridSearch(null).points()).isEqualTo(3);
    }

    @Test
    void noTwoTrialsShareWhatIsDrawn() {
        assertThat(IntStream.rangeClosed(1, 50)
                        .mapToObj(number -> Seeds.random(0, number))
                        .flatMapToDouble(random -> random.doubles(20))
                        .boxed())
                .doesNotHaveDuplicates();
    }

    @Test
    void trialSeedsDiffer() {
        assertThat(IntStream.rangeClosed(1, 1000).mapToObj(number -> Seeds.trialSeed(0, number)))
                .doesNotHaveDuplicates()
                .allMatch(seed -> seed >= 0 && seed <= Integer.MAX_VALUE);
    }
}
