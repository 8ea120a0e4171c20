package io.karyoflow.tuner.scheduler;

import java.util.List;
import java.util.Optional;

/** Every trial gets its whole budget. */
public record RunToTheEnd() implements TrialScheduler {
    @Override
    public boolean judgesAfter(int epoch) {
        return false;
    }

    @Override
    public Optional<String> reasonToStop(int epoch, double score, List<Double> others) {
        return Optional.empty();
    }

    @Override
    public String summary() {
        return "none, every trial runs to its end";
    }
}
