package io.karyoflow.trainer.persistence;

import io.karyoflow.common.message.Sha256;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.trainer.trial.Checkpoint;
import io.karyoflow.trainer.trial.CheckpointFormat;
import io.karyoflow.trainer.trial.Checkpoints;
import io.karyoflow.trainer.trial.Worker;
import jakarta.inject.Singleton;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints in the database, where any worker finds them. A new one replaces the old one in one transaction, in which the
 * trial's row is locked and must still name this worker and attempt.
 */
@Singleton
public class PostgresCheckpoints implements Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresCheckpoints.class);

    private final Jdbi jdbi;
    private final long maxBytes;

    PostgresCheckpoints(DataSource dataSource, CheckpointConfig config) {
        this.jdbi = Jdbi.create(dataSource);
        this.maxBytes = config.maxSize().asLongValue();
    }

    @Override
    public boolean save(TrialRequested request, Worker worker, Checkpoint checkpoint) {
        long bytes = CheckpointFormat.tensorBytes(checkpoint);
        if (bytes > maxBytes) {
            LOG.warn(
                    "trial {} has no checkpoints, so it begins anew if its worker is lost, and fails if that happens too"
                            + " often: one would have {} bytes, and karyoflow.checkpoint.max-size is {}",
                    request.trialId(),
                    bytes,
                    maxBytes);
            return false;
        }
        return Outages.reported(
                "cannot keep a checkpoint of trial " + request.trialId(),
                () -> jdbi.inTransaction(handle -> {
                    if (!isHeld(handle, request, worker)) {
                        return false;
                    }
                    insert(handle, request, forgetEarlier(handle, request, checkpoint), checkpoint);
                    return true;
                }));
    }

    @Override
    public Optional<Checkpoint> latest(TrialRequested request) {
        return Outages.reported(
                "cannot read the checkpoint of trial " + request.trialId(),
                () -> jdbi.inTransaction(
                        handle -> handle.createQuery("SELECT sha256 FROM trial_checkpoint WHERE trial_id = :trial")
                                .bind("trial", request.trialId())
                                .mapTo(String.class)
                                .findOne()
                                .flatMap(sha256 -> read(handle, request, sha256))));
    }

    private static boolean isHeld(Handle handle, TrialRequested request, Worker worker) {
        return handle.createQuery(
                        """
                        SELECT id FROM trial
                        WHERE id = :trial AND attempt = :attempt AND worker = :worker
                          AND state IN ('QUEUED', 'RUNNING')
                        FOR UPDATE""")
                .bind("trial", request.trialId())
                .bind("attempt", request.attempt())
                .bind("worker", worker.name())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    /**
     * Deletes the earlier one. The tuner counts the attempts that got no further, so one that only came to the same place
     * again must not pass for one that did.
     *
     * @return the attempt that got to the new one's place
     */
    private static int forgetEarlier(Handle handle, TrialRequested request, Checkpoint checkpoint) {
        return handle.createQuery(
                        """
                        DELETE FROM trial_checkpoint WHERE trial_id = :trial
                        RETURNING CASE WHEN (epoch, step) < (:epoch, :step) THEN :attempt ELSE attempt END""")
                .bind("trial", request.trialId())
                .bind("epoch", checkpoint.epoch())
                .bind("step", checkpoint.step())
                .bind("attempt", request.attempt())
                .mapTo(Integer.class)
                .findOne()
                .orElse(request.attempt());
    }

    private static void insert(Handle handle, TrialRequested request, int attempt, Checkpoint checkpoint) {
        handle.createUpdate(
                        """
                        INSERT INTO trial_checkpoint (trial_id, attempt, epoch, step, size_bytes, sha256)
                        VALUES (:trial, :attempt, :epoch, :step, 0, '')""")
                .bind("trial", request.trialId())
                .bind("attempt", attempt)
                .bind("epoch", checkpoint.epoch())
                .bind("step", checkpoint.step())
                .execute();
        MessageDigest digest = Sha256.digest();
        CheckpointParts.Writer parts = new CheckpointParts.Writer(handle, request.trialId());
        try (DataOutputStream output =
                new DataOutputStream(new BufferedOutputStream(new DigestOutputStream(parts, digest)))) {
            CheckpointFormat.write(checkpoint, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // nothing here writes to a disk
        }
        handle.createUpdate("UPDATE trial_checkpoint SET size_bytes = :bytes, sha256 = :sha256 WHERE trial_id = :trial")
                .bind("bytes", parts.bytes())
                .bind("sha256", HexFormat.of().formatHex(digest.digest()))
                .bind("trial", request.trialId())
                .execute();
    }

    private static Optional<Checkpoint> read(Handle handle, TrialRequested request, String sha256) {
        MessageDigest digest = Sha256.digest();
        try (DataInputStream input = new DataInputStream(new BufferedInputStream(
                new DigestInputStream(new CheckpointParts.Reader(handle, request.trialId()), digest)))) {
            Checkpoint checkpoint = CheckpointFormat.read(input);
            if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
                throw new IOException("its SHA-256 is wrong");
            }
            return Optional.of(checkpoint);
        } catch (IOException e) {
            LOG.warn("trial {} begins anew, its checkpoint cannot be used: {}", request.trialId(), e.toString());
            return Optional.empty();
        }
    }
}
