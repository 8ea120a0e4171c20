package io.karyoflow.tuner.overview;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * Everything about a trial.
 *
 * @param curves by epoch
 * @param report null until the trial has completed
 */
public record TrialDetails(@JsonUnwrapped TrialOverview trial, List<EpochOverview> curves, TrialReport report) {}
