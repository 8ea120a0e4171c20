package io.karyoflow.tuner.scheduler;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/** Stops trials that do not deserve more epochs. Implementations are immutable and keep no state between calls. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RunToTheEnd.class, name = "none"),
    @JsonSubTypes.Type(value = AsynchronousSuccessiveHalving.class, name = "asha")
})
public interface TrialScheduler {
    /** Whether trials are compared after this epoch, from 1. */
    boolean judgesAfter(int epoch);

    /**
     * Called once for each epoch that a trial reports and that it {@linkplain #judgesAfter judges}, but not for a trial's
     * last.
     *
     * @param epoch just completed, from 1
     * @param score of the study's metric after it; higher is better whatever the metric
     * @param others the scores that other trials of the study had after the same epoch, as far as they have come
     * @return why the trial should stop, for people; empty to let it go on
     */
    Optional<String> reasonToStop(int epoch, double score, List<Double> others);

    /** In a few words, for people. */
    String summary();

    /**
     * What is wrong with the settings for this many epochs and what to do; empty if nothing is.
     *
     * @param epochs each trial's budget
     */
    default Optional<String> problem(int epochs) {
        return Optional.empty();
    }
}
