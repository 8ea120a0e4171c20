package io.karyoflow.launcher.job;

import java.util.Map;

/** A study of the main job. */
public sealed interface StudySettings permits ConvNetStudy, PretrainedStudy {
    /** What is trained, for people. */
    String title();

    StudyBudget budget();

    /** As {@code POST /studies} wants it. */
    Map<String, Object> specification(String datasetId);
}
