package io.karyoflow.tuner.study;

import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.tuner.scheduler.RunToTheEnd;
import io.karyoflow.tuner.search.RandomSearch;
import io.karyoflow.tuner.space.SearchSpace;
import java.util.Optional;

/**
 * Trains what a trial was asked to train again, in a study of its own: network, epochs, data set and every hyperparameter, also
 * those whose defaults have changed since. As many run at once as of the trial's study.
 */
public final class RepeatTrial {
    private final Studies studies;
    private final CreateStudy createStudy;

    public RepeatTrial(Studies studies, CreateStudy createStudy) {
        this.studies = studies;
        this.createStudy = createStudy;
    }

    /**
     * @param asked what it leaves out is the trial's own fold or seed
     * @return the new study's id
     * @throws UnknownIdException if there is no such trial
     * @throws InvalidStudyException if it can no longer run, or not on these folds
     */
    public String repeat(String trialId, Repeats asked) {
        TrialRequested trial = studies.requestOf(trialId).orElseThrow(() -> UnknownIdException.ofTrial(trialId));
        StudySpecification study = studies.specificationOf(trial.studyId());
        Repeats repeats = asked.orElse(trial.validationFold(), trial.seed());
        return createStudy.create(
                Optional.of("repeats of " + trialId),
                new StudySpecification(
                        trial.dataset().datasetId(),
                        trial.architecture(),
                        SearchSpace.of(trial.hyperparameters()),
                        new RandomSearch(),
                        new RunToTheEnd(),
                        repeats.count(),
                        study.concurrency(),
                        study.metric(),
                        trial.epochs(),
                        trial.validationFold(),
                        trial.seed(),
                        Promotion.NEVER,
                        repeats));
    }
}
