package io.karyoflow.tuner.search;

import io.karyoflow.tuner.space.SearchSpace;
import java.util.List;
import java.util.Map;

/** Each trial draws every parameter independently: Bergstra and Bengio, Random Search, 2012. */
public record RandomSearch() implements SearchAlgorithm {
    @Override
    public Map<String, Object> propose(SearchSpace space, long seed, int number, List<FinishedTrial> finished) {
        return space.sample(Seeds.random(seed, number));
    }

    @Override
    public String summary() {
        return "random";
    }
}
