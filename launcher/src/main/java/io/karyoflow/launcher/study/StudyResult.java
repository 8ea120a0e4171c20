package io.karyoflow.launcher.study;

import io.karyoflow.launcher.client.TunerClient.Study;
import io.karyoflow.launcher.client.TunerClient.Trial;
import java.util.List;

/**
 * A study that has ended with a model.
 *
 * @param trials all, with their curves, by number
 * @param best the one whose model is promoted if one is, with its report
 */
public record StudyResult(Study study, List<Trial> trials, Trial best) {

    /** What was trained, as studies name it. */
    public String network() {
        return study.specification().architecture();
    }
}
