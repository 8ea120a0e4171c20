package io.karyoflow.inference.messaging;

import io.karyoflow.common.message.Topics;
import io.karyoflow.common.runtime.ServedModels;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop that takes requests, answers them with the model of the moment and commits. It joins the consumer group only
 * when there is a model, so requests wait in their topic and nobody holds partitions that he cannot serve. After any
 * failure it starts over as after a crash: there is one way to recover, and it is tested.
 */
final class ServeRequests implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ServeRequests.class);
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final KafkaClients clients;
    private final ServedModels models;
    private final AnswerRequests answerRequests;
    private final InferenceMetrics metrics;
    private final Pauses pauses;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile KafkaConsumer<String, byte[]> polling;
    private volatile String problem;

    ServeRequests(
            KafkaClients clients,
            ServedModels models,
            AnswerRequests answerRequests,
            InferenceMetrics metrics,
            Pauses pauses) {
        this.clients = clients;
        this.models = models;
        this.answerRequests = answerRequests;
        this.metrics = metrics;
        this.pauses = pauses;
    }

    @Override
    public void run() {
        while (isRunning()) {
            try {
                serve();
            } catch (WakeupException e) {
                LOG.debug("woken up to stop");
            } catch (RuntimeException e) {
                startOver(e);
            }
        }
    }

    /** Lets the batch in hand be committed, takes no other. */
    void stop() {
        stopping.countDown();
        KafkaConsumer<String, byte[]> consumer = polling;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    /** Why requests are not being answered although there is a model; empty when all is well. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void serve() {
        KafkaConsumer<String, byte[]> consumer = clients.consumer();
        polling = consumer;
        try (ExactlyOnce exactlyOnce = new ExactlyOnce(consumer, clients.producer());
                KafkaClientMetrics watched = metrics.watch(consumer)) {
            awaitModel(consumer);
            exactlyOnce.join(Topics.PREDICTION_REQUESTS);
            while (isRunning()) {
                serveNext(exactlyOnce);
                metrics.lag(QueueLag.assigned(consumer));
            }
        }
    }

    private void serveNext(ExactlyOnce exactlyOnce) {
        ConsumerRecords<String, byte[]> requests = exactlyOnce.poll(IDLE);
        if (!requests.isEmpty()) {
            Answers answers = models.withModel(model -> answerRequests.answer(requests, model));
            exactlyOnce.commit(requests, answers.records());
            metrics.answered(answers);
        }
        problem = null;
        pauses.reset();
    }

    private void awaitModel(KafkaConsumer<String, byte[]> consumer) {
        while (isRunning()) {
            try {
                models.first().toCompletableFuture().get(IDLE.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                metrics.lag(QueueLag.ofGroup(consumer, Topics.PREDICTION_REQUESTS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stopping.countDown();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    private void startOver(RuntimeException e) {
        Duration pause = pauses.next();
        LOG.error("requests could not be answered; nothing is lost, trying again in {}", pause, e);
        problem = e.toString();
        metrics.retried();
        try {
            stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }

    private boolean isRunning() {
        return stopping.getCount() > 0;
    }
}
