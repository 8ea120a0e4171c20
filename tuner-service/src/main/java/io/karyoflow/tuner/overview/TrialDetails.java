package io.karyoflow.tuner.overview;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * Everything about a trial.
 *
 * @param curves by epoch
 * @param report of its latest epoch; null before the first
 */
public record TrialDetails(@JsonUnwrapped TrialOverview trial, List<EpochOverview> curves, TrialReport report) {}
