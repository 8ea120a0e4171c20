package io.karyoflow.launcher.study;

import java.util.Map;

/** A study of the main job. */
public sealed interface StudySettings permits ConvNetStudy, PretrainedStudy {
    /** What is trained, for people. */
    String title();

    StudyBudget budget();

    /**
     * As {@code POST /studies} wants it.
     *
     * @param bySlides whether the slide of every image is known, to train with and to label
     */
    Map<String, Object> specification(String datasetId, boolean bySlides);
}
