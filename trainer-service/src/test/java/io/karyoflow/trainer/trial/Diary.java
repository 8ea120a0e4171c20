package io.karyoflow.trainer.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.message.TrialEvent;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.validation.ValidatedImage;
import io.karyoflow.trainer.data.DatasetCache;
import io.karyoflow.trainer.data.FeatureCache;
import io.karyoflow.trainer.data.ImageSource;
import io.karyoflow.trainer.pretrained.WeightsFolder;
import io.karyoflow.trainer.training.Compute;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Writes down everything that a trial does to the world; breaks when told to. */
final class Diary implements TrialRecorder, Checkpoints, TrialEvents, ModelShelf, TrialMeter {
    private static final Worker WORKER = new Worker("worker", "CPU");

    final List<String> lines = new ArrayList<>();
    final List<TrialEvent> events = new ArrayList<>();
    final List<EpochResult> epochs = new ArrayList<>();
    EpochResult conclusion;
    /** As they came with the conclusion. */
    final List<ValidatedImage> validated = new ArrayList<>();

    List<byte[]> pictures;

    volatile CountDownLatch heartbeats = new CountDownLatch(2);
    ModelBundle model;
    Standing standingAtClaim = Standing.HELD;
    Standing standingAtHeartbeat = Standing.HELD;
    Standing standingAtEpoch = Standing.HELD;
    Consumer<EpochResult> afterEpoch = epoch -> {};
    Runnable atOutage = () -> {};
    Runnable afterCheckpoint = () -> {};
    Duration checkpointInterval = Duration.ofDays(1);
    byte[] checkpoint;
    int outages;
    int outagesOfImages;
    /** What passes each time that somebody looks at the clock. */
    Duration tick = Duration.ZERO;

    int threads = 1;
    private Instant now = Instant.EPOCH;

    /** @param folder for the data set's cache, and with weights files */
    TrialOutcome run(TrialRequested request, List<LabelledImage> published, Path folder, Interruption interruption) {
        ImageSource source = (dataset, reader, stillWanted) -> {
            if (outagesOfImages > 0) {
                outagesOfImages--;
                throw new OutageException("cannot read images", new IOException("nobody there"));
            }
            for (LabelledImage image : published) {
                reader.accept(image);
            }
        };
        TrialTools tools = new TrialTools(
                new DatasetCache(folder.resolve("cache"), source, new ImageDecoder(10_000), Long.MAX_VALUE),
                new FeatureCache(),
                new WeightsFolder(folder),
                this,
                this,
                this,
                this,
                this,
                new TrialSettings(
                        new Compute(threads), Duration.ofMillis(20), checkpointInterval, Duration.ofMillis(1), "test"),
                tickingClock());
        return new RunTrial(request, WORKER, interruption, tools).run();
    }

    private Clock tickingClock() {
        InstantSource ticking = () -> {
            now = now.plus(tick);
            return now;
        };
        return ticking.withZone(ZoneOffset.UTC);
    }

    /** The most confident ones first. */
    List<ValidatedImage> mistakes() {
        return validated.stream()
                .filter(image -> image.predicted() != image.label())
                .toList();
    }

    TrialEvent lastEvent() {
        return events.get(events.size() - 1);
    }

    EpochResult lastEpoch() {
        return epochs.get(epochs.size() - 1);
    }

    void awaitHeartbeat() {
        try {
            assertThat(heartbeats.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Standing claim(TrialRequested request, Worker worker) {
        write("claim");
        return standingAtClaim;
    }

    @Override
    public Standing heartbeat(TrialRequested request, Worker worker) {
        heartbeats.countDown();
        return standingAtHeartbeat;
    }

    @Override
    public Standing record(TrialRequested request, Worker worker, EpochResult epoch) {
        write("epoch " + epoch.epoch());
        epochs.add(epoch);
        afterEpoch.accept(epoch);
        return standingAtEpoch;
    }

    @Override
    public Standing conclude(
            TrialRequested request,
            Worker worker,
            EpochResult last,
            Iterable<ValidatedImage> images,
            List<byte[]> ofMistakes) {
        write("conclusion");
        conclusion = last;
        validated.clear();
        images.forEach(validated::add);
        pictures = ofMistakes;
        return standingAtEpoch;
    }

    @Override
    public Standing resume(TrialRequested request, Worker worker, int epochsDone) {
        epochs.removeIf(epoch -> epoch.epoch() > epochsDone);
        return Standing.HELD;
    }

    @Override
    public boolean save(TrialRequested request, Worker worker, Checkpoint written) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CheckpointFormat.write(written, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        checkpoint = bytes.toByteArray();
        afterCheckpoint.run();
        return true;
    }

    @Override
    public Optional<Checkpoint> latest(TrialRequested request) {
        if (checkpoint == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(CheckpointFormat.read(new DataInputStream(new ByteArrayInputStream(checkpoint))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void say(TrialEvent event) {
        write(event.getClass().getSimpleName());
        events.add(event);
    }

    @Override
    public void save(ModelBundle bundle) {
        write("model");
        model = bundle;
    }

    @Override
    public void started(Worker worker) {}

    @Override
    public void epoch(Worker worker, double imagesPerSecond) {
        assertThat(imagesPerSecond).isPositive();
    }

    @Override
    public void ended(Worker worker, TrialOutcome outcome) {}

    private void write(String line) {
        if (outages > 0) {
            outages--;
            atOutage.run();
            throw new OutageException("cannot " + line, new IOException("nobody there"));
        }
        lines.add(line);
    }
}
