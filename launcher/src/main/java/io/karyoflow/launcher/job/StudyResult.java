package io.karyoflow.launcher.job;

import io.karyoflow.launcher.client.TunerClient.Study;
import io.karyoflow.launcher.client.TunerClient.Trial;
import java.util.List;

/**
 * A study that has ended with a promoted model.
 *
 * @param trials all, with their curves, by number
 * @param best the one whose model is promoted, with its report
 */
public record StudyResult(Study study, List<Trial> trials, Trial best) {}
