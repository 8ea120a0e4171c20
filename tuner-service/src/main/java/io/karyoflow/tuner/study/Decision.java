package io.karyoflow.tuner.study;

import io.karyoflow.common.message.TrialRequested;

/** What planning wants done. Each decision knows what it changes, and how it is written down. */
public sealed interface Decision {
    /** The study's progress once this is done. */
    StudyProgress applyTo(StudyProgress progress);

    void writeTo(Ledger ledger);

    /** Where decisions are made to last: one entry for each kind, all of one plan in one transaction. */
    interface Ledger {
        void propose(ProposeTrial decision);

        void start(StartTrial decision);

        void pass(PassTrial decision);

        void stop(StopTrial decision);

        void close(CloseTrial decision);

        void complete(CompleteTrial decision);

        void fail(FailTrial decision);

        void retry(RetryTrial decision);

        void stop(StopStudy decision);

        void finish(FinishStudy decision);
    }

    /** Queue a new trial; it is sent to the trainers after the transaction. */
    record ProposeTrial(int number, TrialRequested request) implements Decision {
        @Override
        public StudyProgress applyTo(StudyProgress progress) {
            return progress.with(
                    new Trial(request.trialId(), number, TrialState.QUEUED, request.attempt(), 0, 0, null, null, null));
        }

        @Override
        public void writeTo(Ledger ledger) {
            ledger.propose(this);
        }
    }

    /** A worker has it. */
    record StartTrial(String trialId) implements Decision {
        @Override
        public StudyProgress applyTo(StudyProgress progress) {
            return progress.with(trialId, trial -> trial.in(TrialState.RUNNING));
        }

        @Override
        public void writeTo(Ledger ledger) {
            ledger.start(this);
        }
    }

    /** Let it go on after this epoch, also if the epoch is said again when others have done better. */
    record PassTrial(String trialId, int epoch) implements Decision {
        @Override
        public StudyProgress applyTo(StudyProgress progress) {
            return progress.with(trialId, trial -> trial.passed(epoch));
        }

        @Override
        public void writeTo(Ledger ledger) {
            ledger.pass(this);
        }
    }

    /** Ask the worker that has it to stop; the trial ends when the worker says so. */
    record StopTrial(String trialId, String reason) implements Decision {
        @Override
        public StudyProgress applyTo(StudyProgress progress) {
            return progress.with(trialId, trial -> trial.stoppedFor(reason));
        }

        @Override
        public void writeTo(Ledger ledger) {
            ledger.stop(this);
        }
    }

    /** It has stopped, or need not begin. */
    record CloseTrial(String trialId, String reason) implements Decision {
        @Override
        public StudyProgress applyTo(StudyProgress progress) {
            return progress.with(trialId, trial -> trial.stoppedFor(reason).in(TrialState.STOPPED));
        }

        @Override
        public void writeTo(Ledger ledger) {
            ledger.close(this);
        }
    }

    record CompleteTrial(String trialId, String modelId) implements Decision {
        @Override
        public StudyProgress applyTo(StudyProgress progress) {
            return progress.with(trialId, trial -> trial.completedAs(modelId));
        }

        @Override
        public void writeTo(Ledger ledger) {
            ledger.complete(this);
        }
    }

    record FailTrial(String trialId, String reason) implements Decision {
        @Override
        public StudyProgress applyTo(StudyProgress progress) {
            return progress.with(trialId, trial -> trial.in(TrialState.FAILED));
        }

        @Override
        public void writeTo(Ledger ledger) {
            ledger.fail(this);
        }
    }

    /** Queue it again as {@code attempt}: whatever the vanished worker may still say is overtaken. */
    record RetryTrial(String trialId, int attempt) implements Decision {
        @Override
        public StudyProgress applyTo(StudyProgress progress) {
            return progress.with(trialId, Trial::retried);
        }

        @Override
        public void writeTo(Ledger ledger) {
            ledger.retry(this);
        }
    }

    /** No more proposals. */
    record StopStudy() implements Decision {
        @Override
        public StudyProgress applyTo(StudyProgress progress) {
            return progress.in(StudyState.STOPPING);
        }

        @Override
        public void writeTo(Ledger ledger) {
            ledger.stop(this);
        }
    }

    /**
     * The end.
     *
     * @param bestTrialId of the completed trials, or null if there is none, and for repeats
     * @param bestModelId the best trial's, or null; whether it is promoted is for the study's {@link Promotion} to say
     */
    record FinishStudy(StudyState state, String bestTrialId, String bestModelId) implements Decision {
        @Override
        public StudyProgress applyTo(StudyProgress progress) {
            return progress.in(state);
        }

        @Override
        public void writeTo(Ledger ledger) {
            ledger.finish(this);
        }
    }
}
