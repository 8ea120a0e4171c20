package io.karyoflow.tuner.search;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.karyoflow.tuner.space.SearchSpace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Proposes configurations. Implementations are immutable and keep no state between calls. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RandomSearch.class, name = "random"),
    @JsonSubTypes.Type(value = GridSearch.class, name = "grid"),
    @JsonSubTypes.Type(value = TreeParzenSearch.class, name = "tpe")
})
public interface SearchAlgorithm {
    /**
     * The configuration of one trial; same arguments, same answer.
     *
     * @param space what may be varied
     * @param seed the study's
     * @param number the trial's number in its study, from 1 to at most {@link #limit}
     * @param finished trials that have ended so far, in the order of their numbers
     * @return a value for each parameter of the space
     */
    Map<String, Object> propose(SearchSpace space, long seed, int number, List<FinishedTrial> finished);

    /** Why it makes no sense for a study of so many trials, and what to do about it; empty if it does. */
    default Optional<String> problem(SearchSpace space, int trials) {
        return Optional.empty();
    }

    /** In a few words, for people. */
    String summary();

    /** How many different configurations there are, if they can run out. */
    default OptionalLong limit(SearchSpace space) {
        return OptionalLong.empty();
    }

    /** How many trials a study has that does not say. */
    default long usualTrials(SearchSpace space) {
        return limit(space).orElse(10);
    }
}
