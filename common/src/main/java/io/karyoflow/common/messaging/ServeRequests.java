package io.karyoflow.common.messaging;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop that takes requests, has them answered and commits the answers with the offsets, so that each is answered
 * exactly once. It joins the consumer group only when the service can answer, so requests wait in their topic and nobody
 * holds partitions that it cannot serve. After any failure it starts over as after a crash: there is one way to recover.
 *
 * <p>Not a SmallRye channel: its transactions report success when the commit has failed, and go on behind the lost batch.
 */
public final class ServeRequests implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ServeRequests.class);
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final String topic;
    private final ExactlyOnceClients clients;
    private final CompletionStage<?> ableToAnswer;
    private final AnswerBatch answerBatch;
    private final ServingWatch watch;
    private final Pauses pauses;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile Consumer<String, byte[]> polling;
    private volatile String problem;

    /**
     * @param ableToAnswer completes when there is what the answers need, for example a first model
     * @param pauses between attempts after failures
     */
    public ServeRequests(
            String topic,
            ExactlyOnceClients clients,
            CompletionStage<?> ableToAnswer,
            AnswerBatch answerBatch,
            ServingWatch watch,
            Pauses pauses) {
        this.topic = topic;
        this.clients = clients;
        this.ableToAnswer = ableToAnswer;
        this.answerBatch = answerBatch;
        this.watch = watch;
        this.pauses = pauses;
    }

    @Override
    public void run() {
        while (isRunning()) {
            try {
                serve();
            } catch (WakeupException e) {
                LOG.debug("woken up to stop");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Exception e) {
                startOver(e);
            }
        }
    }

    /** Lets the batch in hand be committed, takes no other. */
    public void stop() {
        stopping.countDown();
        Consumer<String, byte[]> consumer = polling;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    /** Why requests are not being answered although they could be; empty when all is well. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void serve() throws Exception {
        try (Consumer<String, byte[]> consumer = clients.consumer();
                ExactlyOnce exactlyOnce = new ExactlyOnce(consumer, clients.producer());
                AutoCloseable watched = watch.opened(consumer)) {
            polling = consumer;
            awaitAbleToAnswer(consumer);
            exactlyOnce.join(topic);
            SkipExpired skipExpired = new SkipExpired(consumer);
            while (isRunning()) {
                boolean answered = serveNext(consumer, exactlyOnce, skipExpired);
                OptionalLong lag = QueueLag.assigned(consumer);
                if (answered || lag.equals(OptionalLong.of(0))) {
                    problem = null;
                    pauses.reset();
                }
                lag.ifPresent(watch::lag);
            }
        }
    }

    /** @return whether answers were committed; a poll without requests says nothing of those that have yet to be fetched */
    private boolean serveNext(Consumer<String, byte[]> consumer, ExactlyOnce exactlyOnce, SkipExpired skipExpired) {
        ConsumerRecords<String, byte[]> requests;
        try {
            requests = exactlyOnce.poll(IDLE);
        } catch (InvalidOffsetException e) {
            watch.expired(skipExpired.goOnAfter(e));
            return false;
        }
        if (requests.isEmpty()) {
            return false;
        }
        if (problem != null) { // while it lasts no attempt gets to where the lag is known, and it must be seen to grow
            QueueLag.withTaken(consumer, requests).ifPresent(watch::lag);
        }
        // before the transaction begins: one that is open holds up all who read committed records
        AnswerBatch.Answers answers = answerBatch.answer(requests);
        exactlyOnce.commit(requests, answers.records().toList());
        answers.committed();
        return true;
    }

    private void awaitAbleToAnswer(Consumer<String, byte[]> consumer) throws InterruptedException {
        CountDownLatch able = new CountDownLatch(1);
        ableToAnswer.whenComplete((result, failure) -> able.countDown());
        while (isRunning() && !able.await(IDLE.toMillis(), TimeUnit.MILLISECONDS)) {
            watch.lag(QueueLag.ofGroup(consumer, topic));
        }
    }

    private void startOver(Exception e) {
        Duration pause = pauses.next();
        if (e.toString().equals(problem)) { // an outage of a night must not push its beginning out of the log
            LOG.error("{}: still not answered, trying again in {}: {}", topic, pause, problem);
        } else {
            LOG.error("{}: what came could not be answered; nothing is lost, trying again in {}", topic, pause, e);
        }
        problem = e.toString();
        watch.retried();
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
