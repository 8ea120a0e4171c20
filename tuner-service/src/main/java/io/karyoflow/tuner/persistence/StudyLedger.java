package io.karyoflow.tuner.persistence;

import io.karyoflow.common.database.StorableText;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.tuner.study.Decision;
import io.karyoflow.tuner.study.Decision.CloseTrial;
import io.karyoflow.tuner.study.Decision.CompleteTrial;
import io.karyoflow.tuner.study.Decision.FailTrial;
import io.karyoflow.tuner.study.Decision.FinishStudy;
import io.karyoflow.tuner.study.Decision.PassTrial;
import io.karyoflow.tuner.study.Decision.ProposeTrial;
import io.karyoflow.tuner.study.Decision.RetryTrial;
import io.karyoflow.tuner.study.Decision.StartTrial;
import io.karyoflow.tuner.study.Decision.StopStudy;
import io.karyoflow.tuner.study.Decision.StopTrial;
import io.karyoflow.tuner.study.Promotion;
import io.karyoflow.tuner.study.Study;
import io.karyoflow.tuner.study.StudySpecification;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Writes a plan's decisions down, one statement each, in the transaction that locked the study. */
final class StudyLedger implements Decision.Ledger {
    private static final Logger LOG = Logger.getLogger(StudyLedger.class);

    private final Handle handle;
    private final Study study;

    StudyLedger(Handle handle, Study study) {
        this.handle = handle;
        this.study = study;
    }

    @Override
    public void propose(ProposeTrial decision) {
        TrialRequested request = decision.request();
        handle.createUpdate(
                        """
                        INSERT INTO trial (id, study_id, number, state, hyperparameters, epochs, seed, request)
                        VALUES (:id, :study, :number, 'QUEUED', CAST(:hyperparameters AS jsonb), :epochs, :seed,
                                CAST(:request AS jsonb))""")
                .bind("id", request.trialId())
                .bind("study", study.id())
                .bind("number", decision.number())
                .bind("hyperparameters", MessageJson.writeText(request.hyperparameters()))
                .bind("epochs", request.epochs())
                .bind("seed", request.seed())
                .bind("request", MessageJson.writeText(request))
                .execute();
    }

    @Override
    public void start(StartTrial decision) {
        trial(decision.trialId(), "UPDATE trial SET state = 'RUNNING' WHERE id = :id")
                .execute();
    }

    @Override
    public void pass(PassTrial decision) {
        trial(decision.trialId(), "UPDATE trial SET passed_epoch = :epoch WHERE id = :id")
                .bind("epoch", decision.epoch())
                .execute();
    }

    @Override
    public void stop(StopTrial decision) {
        trial(decision.trialId(), "UPDATE trial SET stop_reason = :reason WHERE id = :id")
                .bind("reason", decision.reason())
                .execute();
    }

    @Override
    public void close(CloseTrial decision) {
        trial(
                        decision.trialId(),
                        "UPDATE trial SET state = 'STOPPED', stop_reason = :reason, finished_at = now() WHERE id = :id")
                .bind("reason", decision.reason())
                .execute();
    }

    @Override
    public void complete(CompleteTrial decision) {
        trial(
                        decision.trialId(),
                        """
                        UPDATE trial
                        SET state = 'COMPLETED', model_id = :model, stop_reason = NULL, finished_at = now()
                        WHERE id = :id""")
                .bind("model", decision.modelId())
                .execute();
    }

    @Override
    public void fail(FailTrial decision) {
        trial(
                        decision.trialId(),
                        "UPDATE trial SET state = 'FAILED', failure = :reason, finished_at = now() WHERE id = :id")
                .bind("reason", StorableText.ofNullable(decision.reason()))
                .execute();
    }

    @Override
    public void retry(RetryTrial decision) {
        trial(
                        decision.trialId(),
                        """
                        UPDATE trial
                        SET state = 'QUEUED', attempt = :attempt, sent_at = NULL, worker = NULL, device = NULL,
                            started_at = NULL, heartbeat_at = NULL,
                            request = jsonb_set(request, '{attempt}', to_jsonb(CAST(:attempt AS integer)))
                        WHERE id = :id""")
                .bind("attempt", decision.attempt())
                .execute();
    }

    @Override
    public void stop(StopStudy decision) {
        study("UPDATE study SET state = 'STOPPING' WHERE id = :id").execute();
    }

    @Override
    public void finish(FinishStudy decision) {
        study(
                        """
                        UPDATE study
                        SET state = :state, best_trial_id = :best, promotion_reason = :reason, finished_at = now()
                        WHERE id = :id""")
                .bind("state", decision.state())
                .bind("best", decision.bestTrialId())
                .bind("reason", decision.bestModelId() == null ? null : promoteIfDue(decision.bestModelId()))
                .execute();
    }

    /** Of two studies that end at once, the second is judged by what the first has left in service. */
    private String promoteIfDue(String modelId) {
        HeldRole role = HeldRole.hold(handle, ModelPromoted.DEFAULT_ROLE);
        StudySpecification specification = study.specification();
        Promotion.Verdict verdict = specification
                .promotion()
                .judge(ModelRepository.validated(handle, modelId), role.inService(), specification.metric());
        if (verdict.promoted()) {
            role.promoteByStudy(modelId, verdict.reason());
        }
        LOG.infof(
                "model %s of study %s is %spromoted: %s",
                modelId, study.id(), verdict.promoted() ? "" : "not ", verdict.reason());
        return verdict.reason();
    }

    private Update trial(String id, String sql) {
        return handle.createUpdate(sql).bind("id", id);
    }

    private Update study(String sql) {
        return handle.createUpdate(sql).bind("id", study.id());
    }
}
