package io.karyoflow.trainer.trial;

import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.validation.ValidatedImage;
import java.util.List;

/** Writes down what happens to a trial. Every call may throw {@link OutageException}. */
public interface TrialRecorder {

    /** Makes the trial this worker's, unless it has ended or a later attempt was requested. */
    Standing claim(TrialRequested request, Worker worker);

    /**
     * Forgets what earlier attempts wrote of epochs that are trained again.
     *
     * @param epochsDone those that count
     */
    Standing resume(TrialRequested request, Worker worker, int epochsDone);

    /** Shows that the worker still trains it. */
    Standing heartbeat(TrialRequested request, Worker worker);

    /** Writes an epoch's metrics and report over those of earlier attempts. @return OVERTAKEN if nothing was written */
    Standing record(TrialRequested request, Worker worker, EpochResult epoch);

    /**
     * Writes the last epoch once more, as what is stored judges, together with what it says of each validation image.
     *
     * @param images left out if the trial is to be stopped, or if they are too many to keep
     * @param pictures PNGs of the first images, as far as these are mistakes; left out if the images are
     * @return OVERTAKEN if nothing was written
     */
    Standing conclude(
            TrialRequested request,
            Worker worker,
            EpochResult last,
            Iterable<ValidatedImage> images,
            List<byte[]> pictures);
}
