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
