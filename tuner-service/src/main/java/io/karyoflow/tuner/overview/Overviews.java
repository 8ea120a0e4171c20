package io.karyoflow.tuner.overview;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What there is to be seen. */
public interface Overviews {
    /** Newest first; empty if there is no study with whose id the part could begin. */
    Optional<Listed<StudyOverview>> studies(ListPart part);

    Optional<StudyOverview> study(String id);

    /** In the order of their numbers. */
    List<TrialOverview> trials(String studyId);

    /** Of the study's trials, in the order of their numbers. */
    List<TrialCurve> curves(String studyId);

    Optional<TrialDetails> trial(String id);

    /** Of every epoch, in their order. */
    List<TrialReport> reports(String trialId);

    /** Of completed trials after their last epoch, by the trials' numbers in their study. */
    Map<Integer, TrialReport> finalReports(String studyId);

    /** Empty for a study that does not repeat one configuration. */
    default Optional<RepeatsSummary> summary(StudyOverview study) {
        return study.specification().repeats() == null
                ? Optional.empty()
                : Optional.of(RepeatsSummary.of(study, finalReports(study.id())));
    }

    /** Newest first; empty if there never was a model with whose id the part could begin. */
    Optional<Listed<ModelOverview>> models(ListPart part);

    Optional<ModelOverview> model(String id);

    /** The one in service. */
    Optional<ModelOverview> serving();

    /** Newest first. */
    List<PromotionOverview> promotions();

    Load load();

    /**
     * How busy the tuner is.
     *
     * @param studies by state
     * @param trials by state
     * @param unsent messages decided but not yet sent
     */
    record Load(Map<String, Long> studies, Map<String, Long> trials, long unsent) {}
}
