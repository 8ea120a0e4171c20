package io.karyoflow.trainer.persistence;

import static io.karyoflow.trainer.persistence.QueuedTrial.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.trainer.evaluation.Predictions;
import io.karyoflow.trainer.network.WeightValues;
import io.karyoflow.trainer.training.TrainingState;
import io.karyoflow.trainer.trial.Checkpoint;
import io.karyoflow.trainer.trial.CheckpointFormat;
import io.karyoflow.trainer.trial.Plateau;
import io.karyoflow.trainer.trial.Worker;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a trial leaves in the database for the next worker. */
class PostgresCheckpointsIT {
    private static final Worker WORKER = new Worker("mine", "CPU");

    private final QueuedTrial trial = new QueuedTrial();
    private final PostgresCheckpoints checkpoints = checkpointsUpTo(1L << 30);

    @Test
    void areReplacedAndForgottenWithTheirTrial() {
        trial.recorder.claim(request(1), WORKER);
        Checkpoint first = checkpoint(2, 3, 1.5f);
        Checkpoint second = checkpoint(4, 0, -2.25f);

        assertThat(checkpoints.latest(request(1))).isEmpty();
        assertThat(checkpoints.save(request(1), WORKER, first)).isTrue();
        assertSame(checkpoints.latest(request(1)).orElseThrow(), first);
        assertThat(checkpoints.save(request(1), new Worker("other", "CPU"), second))
                .isFalse();
        assertSame(checkpoints.latest(request(1)).orElseThrow(), first);
        assertThat(checkpoints.save(request(1), WORKER, second)).isTrue();
        assertSame(checkpoints.latest(request(1)).orElseThrow(), second);

        trial.jdbi.useHandle(handle ->
                handle.execute("UPDATE trial_checkpoint_part SET bytes = set_byte(bytes, 1000, 1) WHERE part = 1"));
        assertThat(checkpoints.latest(request(1))).as("one that was damaged").isEmpty();

        trial.jdbi.useHandle(handle -> handle.execute("UPDATE trial SET state = 'FAILED'"));
        assertThat(number("SELECT count(*) FROM trial_checkpoint_part")).isZero();
    }

    @Test
    void oneIsOfTheAttemptThatFirstGotToItsPlace() {
        trial.recorder.claim(request(1), WORKER);
        checkpoints.save(request(1), WORKER, checkpoint(2, 3, 1));
        trial.jdbi.useHandle(handle -> handle.execute("UPDATE trial SET attempt = 2"));
        trial.recorder.claim(request(2), WORKER);

        checkpoints.save(request(2), WORKER, checkpoint(2, 3, 1));
        assertThat(number("SELECT attempt FROM trial_checkpoint")).isEqualTo(1);
        checkpoints.save(request(2), WORKER, checkpoint(2, 4, 1));
        assertThat(number("SELECT attempt FROM trial_checkpoint")).isEqualTo(2);
    }

    @Test
    void oneThatIsTooLargeIsNotKept() {
        trial.recorder.claim(request(1), WORKER);
        Checkpoint checkpoint = checkpoint(2, 3, 1);
        long size = CheckpointFormat.tensorBytes(checkpoint);

        assertThat(checkpointsUpTo(size - 1).save(request(1), WORKER, checkpoint))
                .isFalse();
        assertThat(checkpoints.latest(request(1))).isEmpty();
        assertThat(checkpointsUpTo(size).save(request(1), WORKER, checkpoint)).isTrue();
        assertThat(checkpoints.latest(request(1))).isPresent();
    }

    private PostgresCheckpoints checkpointsUpTo(long bytes) {
        return new PostgresCheckpoints(trial.dataSource, new CheckpointConfig() {
            @Override
            public Duration interval() {
                return Duration.ZERO;
            }

            @Override
            public MemorySize maxSize() {
                return new MemorySize(BigInteger.valueOf(bytes));
            }
        });
    }

    private int number(String sql) {
        return trial.jdbi.withHandle(
                handle -> handle.select(sql).mapTo(Integer.class).one());
    }

    /** Of several parts. */
    private static Checkpoint checkpoint(int epoch, int step, float value) {
        float[] values = new float[3_000_000];
        Arrays.fill(values, value);
        Predictions learned = new Predictions(3);
        learned.add(new float[][] {{1, 2, 3}, {value, 0, 1}}, new int[] {2, 0});
        Map<String, WeightValues> weights = Map.of("filter", new WeightValues(new long[] {1000, 3000}, values));
        TrainingState state = new TrainingState(77, weights, Map.of(), weights);
        return new Checkpoint(epoch, step, Duration.ofNanos(1_234), learned, new Plateau(0.5, 1), state);
    }

    /** As bytes: a recursive comparison of millions of numbers takes a minute. */
    private static void assertSame(Checkpoint actual, Checkpoint expected) {
        assertThat(bytes(actual)).isEqualTo(bytes(expected));
    }

    private static byte[] bytes(Checkpoint checkpoint) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CheckpointFormat.write(checkpoint, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
