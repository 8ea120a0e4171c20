package io.karyoflow.launcher.study;

import io.karyoflow.launcher.client.TunerClient;
import io.karyoflow.launcher.progress.JobFailure;
import io.karyoflow.launcher.progress.Parts;
import io.karyoflow.launcher.progress.Patience;
import java.time.Duration;
import java.util.Optional;

/** The studies one after the other: the second's model is promoted only if it is better than the first's. */
public final class RunStudies {
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
    public RunStudies(TunerClient tuner, Patience patience, Patience stopping, Parts parts) {
        this.runStudy = new RunStudy(tuner, patience.withLimit(LARGE_EPOCH), stopping.withLimit(END_OF_A_STUDY));
        this.parts = parts;
    }

    /**
     * @param bySlides whether the slide of every image is known, to train with and to label
     * @param pretrained to run after the first, on the same images
     * @throws JobFailure if the first ends without a model; a second that does is left out
     */
    public StudyResults run(
            String datasetId, boolean bySlides, StudySettings study, Optional<? extends StudySettings> pretrained) {
        StudyResult first = parts.time("study", () -> runStudy.run(datasetId, bySlides, study));
        return pretrained
                .flatMap(second -> parts.attempt("pretrainedStudy", () -> runStudy.run(datasetId, bySlides, second)))
                .map(second -> StudyResults.of(first, second))
                .orElseGet(() -> StudyResults.of(first));
    }
}
