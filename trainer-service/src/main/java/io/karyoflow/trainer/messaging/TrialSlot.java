package io.karyoflow.trainer.messaging;

import io.karyoflow.common.concurrent.VitalThread;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.message.UnreadableMessageException;
import io.karyoflow.common.messaging.DeadLetters;
import io.karyoflow.trainer.trial.Interruption;
import io.karyoflow.trainer.trial.OutageException;
import io.karyoflow.trainer.trial.RunTrial;
import io.karyoflow.trainer.trial.RunningTrials;
import io.karyoflow.trainer.trial.TrialOutcome;
import io.karyoflow.trainer.trial.TrialTools;
import io.karyoflow.trainer.trial.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One place to train: takes a request, trains on a second thread while this one renews the hold on the request, and takes
 * the next. The database says who has a trial, the share group only who may take one; so a hold that is lost (the broker
 * was away) ends no trial, and the worker that is given the request next claims the trial or learns that it has ended.
 */
final class TrialSlot implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TrialSlot.class);
    private static final Duration IDLE_POLL = Duration.ofMillis(500);
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(2);

    private final Worker worker;
    private final TrainersGroup group;
    private final EventProducer producer;
    private final RunningTrials running;
    private final TrialTools tools;
    private final Thread thread;

    private volatile boolean stopping;
    private volatile Interruption interruption = new Interruption();
    private volatile Instant lastTurn;
    private volatile String problem;

    TrialSlot(Worker worker, TrainersGroup group, EventProducer producer, RunningTrials running, TrialTools tools) {
        this.worker = worker;
        this.group = group;
        this.producer = producer;
        this.running = running;
        this.tools = tools;
        this.lastTurn = tools.clock().instant();
        this.thread = VitalThread.of(this, "slot " + worker.name());
    }

    void start() {
        thread.start();
    }

    /** Gives up a running trial at its next step. Returns at once. */
    void requestStop() {
        stopping = true;
        interruption.shutDown();
    }

    /** Returns when it has ended, or when patience is at an end. */
    void awaitEnd(Duration patience) throws InterruptedException {
        thread.join(Math.max(1, patience.toMillis())); // 0 would wait for ever
    }

    String name() {
        return worker.name();
    }

    /** Whether the slot still takes its turns. */
    boolean isAlive(Duration longestTurn) {
        return thread.isAlive() && lastTurn.isAfter(tools.clock().instant().minus(longestTurn));
    }

    /** Why it takes no trial just now; empty while it waits for one or trains. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public void run() {
        while (!stopping) {
            try {
                group.startAtEarliest();
                try (KafkaShareConsumer<String, byte[]> consumer = group.join()) {
                    takeTrialsUntilOneIsLost(consumer);
                }
            } catch (KafkaException | OutageException e) {
                LOG.warn("{} lost Kafka and joins again: {}", worker.name(), e.getMessage());
                lastTurn = tools.clock().instant(); // without Kafka it comes no further, and is not dead
                pauseAfter(e);
            } catch (RuntimeException e) {
                LOG.error("{} failed and starts anew", worker.name(), e);
                pauseAfter(e);
            }
        }
    }

    private void takeTrialsUntilOneIsLost(KafkaShareConsumer<String, byte[]> consumer) {
        while (!stopping) {
            lastTurn = tools.clock().instant();
            ConsumerRecords<String, byte[]> records = consumer.poll(IDLE_POLL);
            problem = null;
            for (ConsumerRecord<String, byte[]> record : records) {
                HeldRequest held = new HeldRequest(consumer, record);
                take(held);
                if (held.isLost()) {
                    return;
                }
            }
        }
    }

    private void take(HeldRequest held) {
        TrialRequested request;
        try {
            request = TrialRequestReader.read(held.record().value());
        } catch (UnreadableMessageException e) {
            LOG.warn("unreadable trial request at offset {}: {}", held.record().offset(), e.getMessage());
            TrialRequestReader.failure(
                            held.record().value(), e.getMessage(), tools.clock().instant())
                    .ifPresent(tools.events()::say);
            producer.send(DeadLetters.of(held.record(), e.getMessage(), TrialEventPublisher.SOURCE));
            held.accept();
            return;
        }
        switch (train(request, held)) {
            case COMPLETED, STOPPED, FAILED, OVERTAKEN -> held.accept();
            case RELEASED -> held.release();
        }
    }

    private TrialOutcome train(TrialRequested request, HeldRequest held) {
        Interruption current = new Interruption();
        interruption = current;
        if (stopping) {
            return TrialOutcome.RELEASED;
        }
        FutureTask<TrialOutcome> trial = new FutureTask<>(new RunTrial(request, worker, current, tools)::run);
        running.started(request.trialId(), current);
        try {
            new Thread(trial, "trial " + request.trialId()).start();
            return renewUntilDone(trial, held);
        } finally {
            running.ended(request.trialId(), current);
        }
    }

    private TrialOutcome renewUntilDone(FutureTask<TrialOutcome> trial, HeldRequest held) {
        while (true) {
            lastTurn = tools.clock().instant();
            try {
                return trial.get(held.renewalInterval().toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                held.renew();
            } catch (ExecutionException e) {
                LOG.error("{} could not train and gives the request back", worker.name(), e.getCause());
                pause();
                return TrialOutcome.RELEASED;
            } catch (InterruptedException e) {
                requestStop(); // and wait for the trial to hear it
            }
        }
    }

    private void pauseAfter(RuntimeException e) {
        problem = e.getMessage() == null ? e.toString() : e.getMessage();
        pause();
    }

    private void pause() {
        long end = System.nanoTime() + PAUSE_AFTER_ERROR.toNanos();
        while (!stopping && System.nanoTime() < end) {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                stopping = true;
            }
        }
    }
}
