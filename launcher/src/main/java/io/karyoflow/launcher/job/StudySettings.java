package io.karyoflow.launcher.job;

import java.util.List;
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

    /** In a search space: this value in every trial. */
    static Map<String, Object> always(Object value) {
        return Map.of("type", "choice", "values", List.of(value));
    }
}
