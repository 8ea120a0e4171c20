package io.karyoflow.tuner.study;

import io.karyoflow.common.database.StoreUnavailableException;
import io.karyoflow.common.message.TrialRequested;
import java.util.Optional;

/** The stored studies. Each call is one transaction; all throw {@link StoreUnavailableException} in an outage. */
public interface Studies extends ReplanStudy, NeglectedTrials {
    /** Stores a new study with what {@code planning} decides for it. */
    void begin(Study study, Planning planning);

    /** Which study a trial belongs to. */
    Optional<String> studyOf(String trialId);

    /** What the trainers were asked to do in a trial. */
    Optional<TrialRequested> requestOf(String trialId);

    /** @throws UnknownIdException if there is no such study */
    StudySpecification specificationOf(String studyId);
}
