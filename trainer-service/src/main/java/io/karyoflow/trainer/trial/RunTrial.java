package io.karyoflow.trainer.trial;

import io.karyoflow.common.message.TrialEvent;
import io.karyoflow.common.message.TrialEvent.Completed;
import io.karyoflow.common.message.TrialEvent.EpochCompleted;
import io.karyoflow.common.message.TrialEvent.Failed;
import io.karyoflow.common.message.TrialEvent.Started;
import io.karyoflow.common.message.TrialEvent.Stopped;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.model.ImageSizes;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.validation.PredictionsTable;
import io.karyoflow.trainer.data.CachedDataset;
import io.karyoflow.trainer.data.Split;
import io.karyoflow.trainer.data.TrainingExamples;
import io.karyoflow.trainer.data.UnusableDatasetException;
import io.karyoflow.trainer.network.Network;
import io.karyoflow.trainer.network.WeightValues;
import io.karyoflow.trainer.pretrained.PretrainedWeights;
import io.karyoflow.trainer.pretrained.UnusableWeightsException;
import io.karyoflow.trainer.training.DivergedException;
import io.karyoflow.trainer.training.GhostBatches;
import io.karyoflow.trainer.training.TrainingSession;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one trial from its request to its stored model. An object serves one request, on one thread; other threads reach
 * it through its {@link Interruption}.
 */
public final class RunTrial {
    private static final Logger LOG = LoggerFactory.getLogger(RunTrial.class);

    private final TrialRequested request;
    private final Worker worker;
    private final Interruption interruption;
    private final TrialTools tools;
    private int epochsDone;

    public RunTrial(TrialRequested request, Worker worker, Interruption interruption, TrialTools tools) {
        this.request = request;
        this.worker = worker;
        this.interruption = interruption;
        this.tools = tools;
    }

    /** Trains to an end of one kind or another; no exception leaves it. */
    public TrialOutcome run() {
        tools.meter().started(worker);
        TrialOutcome outcome = orInterrupted(this::claimAndTrain);
        tools.meter().ended(worker, outcome);
        LOG.info("trial {} attempt {}: {} after {} epochs", request.trialId(), request.attempt(), outcome, epochsDone);
        return outcome;
    }

    private TrialOutcome claimAndTrain() {
        heed(patiently(() -> tools.recorder().claim(request, worker)));
        try (Heartbeat heartbeat = new Heartbeat(tools, request, worker, interruption)) {
            heartbeat.start();
            return trainOrSayWhyNot(); // alive until that is said, or the tuner would have it trained again
        }
    }

    private TrialOutcome trainOrSayWhyNot() {
        try {
            interruption.check();
            say(new Started(
                    request.studyId(),
                    request.trialId(),
                    request.attempt(),
                    tools.clock().instant(),
                    worker.name(),
                    worker.device()));
            return train();
        } catch (IOException e) {
            return failed("the disk of worker " + worker.name() + " failed: " + e);
        } catch (OutOfMemoryError e) {
            return failed("out of memory on worker " + worker.name() + "; try a smaller batchSize, width or inputSize ("
                    + e.getMessage() + ")");
        } catch (DivergedException | UnusableDatasetException | UnusableWeightsException e) {
            return failed(e.getMessage());
        } catch (TrialInterruptedException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("unexpected in trial {}", request.trialId(), e);
            return failed("unexpected on worker " + worker.name() + ": " + e);
        }
    }

    private TrialOutcome train() throws IOException {
        try (CachedDataset dataset = tools.patience().untilDone(this::openDataset, interruption)) {
            return train(dataset);
        }
    }

    private CachedDataset openDataset() throws IOException {
        interruption.check();
        return tools.cache().open(request.dataset(), interruption::check);
    }

    private TrialOutcome train(CachedDataset dataset) throws IOException {
        Split split = Split.holding(dataset, request.validationFold());
        Network network = Network.of(
                request.architecture(),
                request.hyperparameters(),
                request.dataset().classes().size());
        PretrainedWeights start = new ChooseStart(request, tools, interruption).of(network);
        int ghostBatches = GhostBatches.count(request.hyperparameters(), split.training().length);
        try (TrainingSession session = new TrainingSession(
                network,
                request.hyperparameters(),
                ghostBatches,
                ClassWeights.of(request.hyperparameters().classBalance(), split.trainingImages(network.classes())),
                start.values(),
                request.seed(),
                tools.settings().compute())) {
            TrainingExamples examples = new ChooseExamples(request, tools.features(), interruption::check)
                    .of(network, split, start, session);
            TrainEpochs epochs = new TrainEpochs(request, examples, session);
            resume(epochs);
            EpochResult trained = train(epochs);
            Map<String, WeightValues> weights = session.weights();
            EpochResult last = new JudgeAsStored(request, tools.settings().compute(), interruption::check)
                    .of(trained, network, weights, split, ghostBatches);
            conclude(last, new ValidatedImages(split, last));
            return complete(last, dataset.sizes(), network, weights);
        }
    }

    /** Goes on from where an earlier attempt was left, if there is such a place. */
    private void resume(TrainEpochs epochs) {
        tools.patience()
                .untilDone(() -> tools.checkpoints().latest(request), interruption)
                .ifPresent(checkpoint -> resume(epochs, checkpoint));
        epochsDone = epochs.done();
        heed(patiently(() -> tools.recorder().resume(request, worker, epochsDone)));
    }

    private void resume(TrainEpochs epochs, Checkpoint checkpoint) {
        String place = "step " + (checkpoint.step() + 1) + " of epoch " + checkpoint.epoch();
        try {
            epochs.resume(checkpoint);
            LOG.info("trial {} goes on from {}", request.trialId(), place);
        } catch (IllegalArgumentException e) { // left by another version of this program
            LOG.warn("trial {} begins anew, not from {}: {}", request.trialId(), place, e.getMessage());
        }
    }

    private EpochResult train(TrainEpochs epochs) {
        KeepCheckpoints checkpoints = new KeepCheckpoints(tools, request, worker);
        try {
            EpochResult last = null;
            while (!epochs.over()) {
                last = epochs.next(() -> {
                    interruption.check();
                    checkpoints.keepIfDue(epochs);
                });
                record(last);
                epochs.conclude(last);
            }
            return last;
        } catch (TrialInterruptedException e) {
            if (e.outcome() == TrialOutcome.RELEASED) {
                checkpoints.keep(epochs);
            }
            throw e;
        }
    }

    private void record(EpochResult epoch) {
        Standing standing = patiently(() -> tools.recorder().record(request, worker, epoch));
        epochsDone = epoch.epoch();
        heed(standing);
        say(new EpochCompleted(
                request.studyId(),
                request.trialId(),
                request.attempt(),
                tools.clock().instant(),
                epoch.epoch(),
                epoch.training(),
                epoch.validation(),
                epoch.learningRate(),
                epoch.trainingImagesPerSecond()));
        tools.meter().epoch(worker, epoch.trainingImagesPerSecond());
    }

    private void conclude(EpochResult last, ValidatedImages images) {
        List<byte[]> pictures = images.picturesOfMistakes(PredictionsTable.SHOWN_MISTAKES);
        heed(patiently(() -> tools.recorder().conclude(request, worker, last, images, pictures)));
    }

    private TrialOutcome complete(
            EpochResult last, ImageSizes sizes, Network network, Map<String, WeightValues> weights) throws IOException {
        ModelBundle bundle = PackModel.pack(
                request, sizes, network, weights, last, tools.settings().codeVersion());
        interruption.check();
        patiently(() -> {
            tools.models().save(bundle);
            return Standing.HELD;
        });
        say(new Completed(
                request.studyId(),
                request.trialId(),
                request.attempt(),
                tools.clock().instant(),
                epochsDone,
                last.validation(),
                bundle.id()));
        return TrialOutcome.COMPLETED;
    }

    private TrialOutcome failed(String reason) {
        LOG.warn("trial {} failed: {}", request.trialId(), reason);
        say(new Failed(
                request.studyId(),
                request.trialId(),
                request.attempt(),
                tools.clock().instant(),
                reason));
        return TrialOutcome.FAILED;
    }

    /** Only a stop that was asked for is said: whoever has an overtaken or released trial next will speak for it. */
    private TrialOutcome orInterrupted(Supplier<TrialOutcome> work) {
        try {
            return work.get();
        } catch (TrialInterruptedException e) {
            return switch (e.outcome()) {
                case STOPPED -> orInterrupted(this::stopped);
                case COMPLETED, FAILED, OVERTAKEN, RELEASED -> e.outcome();
            };
        }
    }

    private TrialOutcome stopped() {
        say(new Stopped(
                request.studyId(),
                request.trialId(),
                request.attempt(),
                tools.clock().instant(),
                epochsDone));
        return TrialOutcome.STOPPED;
    }

    private void heed(Standing standing) {
        interruption.heed(standing);
        interruption.check();
    }

    private void say(TrialEvent event) {
        patiently(() -> {
            tools.events().say(event);
            return Standing.HELD;
        });
    }

    private Standing patiently(Supplier<Standing> act) {
        return tools.patience().untilDone(act::get, interruption);
    }
}
