package io.karyoflow.launcher.job;

import io.karyoflow.launcher.client.TunerClient;
import io.karyoflow.launcher.progress.JobFailure;
import io.karyoflow.launcher.progress.Patience;
import java.time.Duration;

/** The studies one after the other: the second's model is promoted only if it is better than the first's. */
final class RunStudies {
    /**
     * What an epoch may take: of a ResNet-50 on a few cores, or of any network on very many images. Workers that vanish
     * meanwhile are the tuner's business.
     */
    private static final Duration LARGE_EPOCH = Duration.ofHours(3);

    private final RunStudy runStudy;
    private final Parts parts;

    RunStudies(TunerClient tuner, Patience patience, Parts parts) {
        this.runStudy = new RunStudy(tuner, patience.withLimit(LARGE_EPOCH));
        this.parts = parts;
    }

    /**
     * @param bySlides whether the slide of every image is known, to train with and to label
     * @throws JobFailure if the first ends without a model; a second that does is left out
     */
    StudyResults run(String datasetId, boolean bySlides, JobSettings settings) {
        StudyResult first = parts.time("study", () -> runStudy.run(datasetId, bySlides, settings.study()));
        return settings.pretrained()
                .flatMap(second -> parts.attempt("pretrainedStudy", () -> runStudy.run(datasetId, bySlides, second)))
                .map(second -> StudyResults.of(first, second))
                .orElseGet(() -> StudyResults.of(first));
    }
}
