package io.karyoflow.tuner.study;

import io.karyoflow.common.message.DatasetRegistered;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A study as it stands: all that planning needs to know.
 *
 * @param trials in the order of their numbers
 * @param history of the trials that were stored before this plan
 */
public record StudyProgress(Study study, DatasetRegistered dataset, List<Trial> trials, StudyHistory history) {

    /** @throws IllegalArgumentException if the study has no such trial */
    Trial trial(String id) {
        return trials.stream()
                .filter(trial -> trial.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("study " + study.id() + " has no trial " + id));
    }

    long active() {
        return trials.stream().filter(trial -> !trial.ended()).count();
    }

    StudyProgress in(StudyState state) {
        return new StudyProgress(study.in(state), dataset, trials, history);
    }

    StudyProgress with(Trial added) {
        List<Trial> more = new ArrayList<>(trials);
        more.add(added);
        return new StudyProgress(study, dataset, List.copyOf(more), history);
    }

    StudyProgress with(String trialId, UnaryOperator<Trial> change) {
        return new StudyProgress(
                study,
                dataset,
                trials.stream()
                        .map(trial -> trial.id().equals(trialId) ? change.apply(trial) : trial)
                        .toList(),
                history);
    }
}
