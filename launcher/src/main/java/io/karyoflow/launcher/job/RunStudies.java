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

    /** Longer than the tuner waits for a sign of a trainer that has died, before it ends the trainer's trial. */
    private static final Duration END_OF_A_STUDY = Duration.ofMinutes(5);

    private final RunStudy runStudy;
    private final Parts parts;

    /** @param stopping for the end of a study that is given up, perhaps because there is no trainer any more */
    RunStudies(TunerClient tuner, Patience patience, Patience stopping, Parts parts) {
        this.runStudy = new RunStudy(tuner, patience.withLimit(LARGE_EPOCH), stopping.withLimit(END_OF_A_STUDY));
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
