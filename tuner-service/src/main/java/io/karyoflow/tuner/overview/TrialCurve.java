package io.karyoflow.tuner.overview;

import io.karyoflow.tuner.study.TrialState;
import java.util.List;

/** How one trial of a study has come along. */
public record TrialCurve(String trialId, int number, TrialState state, List<EpochOverview> curves) {}
