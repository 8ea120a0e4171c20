package io.karyoflow.inference.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.messaging.AnswerBatch;
import io.karyoflow.common.messaging.ExactlyOnceClients;
import io.karyoflow.common.messaging.Pauses;
import io.karyoflow.common.messaging.ServeRequests;
import io.karyoflow.common.messaging.ServingWatch;
import io.karyoflow.common.messaging.TestTopics;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong between taking a request and committing its answer, on a real broker. */
@QuarkusTest
@QuarkusTestResource(InfrastructureTestResource.class)
class ServeRequestsIT {
    private static final int PARTITIONS = 4;

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> connection;

    private final String run = UUID.randomUUID().toString();
    private final String questions = "questions-" + run;
    private final String replies = "replies-" + run;
    private final AtomicInteger retries = new AtomicInteger();
    private final AtomicInteger openingsThatFail = new AtomicInteger();
    private final AtomicLong leastLag = new AtomicLong();
    private final List<Long> lags = new CopyOnWriteArrayList<>();
    private final AtomicLong expired = new AtomicLong();
    private final List<ServeRequests> running = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private TestTopics topics;

    @BeforeEach
    void makeTopics() throws ExecutionException, InterruptedException {
        topics = new TestTopics(connection);
        try (Admin admin = admin()) {
            admin.createTopics(List.of(
                            new NewTopic(questions, PARTITIONS, (short) 1), new NewTopic(replies, 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        running.forEach(ServeRequests::stop);
        for (Thread thread : threads) {
            thread.join();
        }
        topics.close();
        assertThat(leastLag).as("a lag is never negative").hasValue(0);
    }

    @Test
    void aFailureBeforeTheCommitIsTriedAgainAndShowsNothingTwice() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        send(0, 50);

        start("only", Map.of(), requests -> {
            Replies answered = reply(requests);
            if (attempts.incrementAndGet() > 2) {
                return answered;
            }
            // half of the answers are on their way when it fails
            return new Replies(Stream.concat(
                            answered.records().limit(Math.max(1, requests.count() / 2)),
                            Stream.of((ProducerRecord<String, byte[]>) null))
                    .toList());
        });

        await().untilAsserted(() -> assertThat(repliedTo()).hasSizeGreaterThanOrEqualTo(50));
        assertThat(repliedTo()).containsExactlyInAnyOrderElementsOf(ids(0, 50));
        assertThat(retries).hasValue(2);
        await().until(() -> running.get(0).problem().isEmpty());
    }

    @Test
    void aProblemRemainsOneUntilTheRequestsThatMetItAreAnswered() throws Exception {
        List<Boolean> hadProblem = new CopyOnWriteArrayList<>();
        send(0, 1);

        // the broker keeps a fetch waiting for so long that polls without requests come before each attempt
        start("only", Map.of("fetch.min.bytes", "1000000", "fetch.max.wait.ms", "1500"), requests -> {
            hadProblem.add(running.get(0).problem().isPresent());
            if (hadProblem.size() < 3) {
                throw new IllegalStateException("attempt " + hadProblem.size());
            }
            return reply(requests);
        });

        await().until(() -> repliedTo().size() == 1);
        assertThat(hadProblem).containsExactly(false, true, true);
        await().until(() -> running.get(0).problem().isEmpty());
    }

    @Test
    void aProblemIsOverWhenNothingIsLeftToAnswer() {
        openingsThatFail.set(1);

        start("only", Map.of(), this::reply);

        await().until(() -> retries.get() == 1);
        await().until(() -> running.get(0).problem().isEmpty());
    }

    @Test
    void requestsThatCannotBeAnsweredJustNowAreSeenToWaitAndToBecomeMore() throws Exception {
        AtomicBoolean outage = new AtomicBoolean(true);
        send(0, 50);

        start("only", Map.of("max.poll.records", "10"), requests -> {
            if (outage.get()) {
                throw new IllegalStateException("the database does not answer");
            }
            return reply(requests);
        });

        await().until(() -> lags.contains(50L));
        send(50, 80);
        await().until(() -> lags.contains(80L));
        assertThat(lags).as("none seem to be gone").allMatch(lag -> lag >= 50);
        outage.set(false);
        await().until(() -> lags.get(lags.size() - 1) == 0);
        assertThat(repliedTo()).hasSize(80);
    }

    @Test
    void aMemberThatWasReplacedWhileItComputedCannotCommit() throws Exception {
        CountDownLatch hasTaken = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        Set<String> takenBySlow = ConcurrentHashMap.newKeySet();
        send(0, 40);

        // Given: one that hangs with requests in hand, longer than its group waits for it
        start("slow", Map.of("max.poll.interval.ms", "1000", "session.timeout.ms", "6000"), requests -> {
            requests.forEach(request -> takenBySlow.add(request.key()));
            hasTaken.countDown();
            awaitUninterrupted(mayGoOn);
            return reply(requests);
        });
        hasTaken.await();

        // When: another answers in its place, and then it wakes up
        start("other", Map.of(), ServeRequestsIT.this::reply);
        await().untilAsserted(() -> assertThat(repliedTo()).hasSize(40));
        mayGoOn.countDown();
        await().until(() -> retries.get() > 0);
        send(40, 60);

        // Then
        await().untilAsserted(() -> assertThat(repliedTo()).hasSizeGreaterThanOrEqualTo(60));
        assertThat(takenBySlow).isNotEmpty();
        assertThat(repliedTo()).containsExactlyInAnyOrderElementsOf(ids(0, 60));
    }

    @Test
    void instancesShareTheRequests() throws Exception {
        Map<String, Set<String>> answeredBy = new ConcurrentHashMap<>();
        for (String instance : List.of("first", "second")) {
            answeredBy.put(instance, ConcurrentHashMap.newKeySet());
            start(instance, Map.of(), requests -> {
                requests.forEach(request -> answeredBy.get(instance).add(request.key()));
                return reply(requests);
            });
        }

        AtomicInteger next = new AtomicInteger();
        await().until(() -> {
            send(next.get(), next.get() + 20);
            next.addAndGet(20);
            return answeredBy.values().stream().noneMatch(Set::isEmpty);
        });

        await().untilAsserted(() -> assertThat(repliedTo()).hasSizeGreaterThanOrEqualTo(next.get()));
        assertThat(repliedTo()).containsExactlyInAnyOrderElementsOf(ids(0, next.get()));
    }

    @Test
    void requestsThatWereDeletedUnansweredAreCountedAndTheOthersAnswered() throws Exception {
        send(0, 40);
        start("only", Map.of(), this::reply);
        await().untilAsserted(() -> assertThat(repliedTo()).hasSize(40));
        running.get(0).stop();
        threads.get(0).join();

        // Given: nobody answered for so long that the topic has deleted some of what came meanwhile
        send(40, 100);
        deleteQuestions();
        send(100, 120);
        start("again", Map.of(), this::reply);

        await().untilAsserted(() -> assertThat(repliedTo()).hasSizeGreaterThanOrEqualTo(60));
        List<String> answered = new ArrayList<>(ids(0, 40));
        answered.addAll(ids(100, 120));
        assertThat(repliedTo()).containsExactlyInAnyOrderElementsOf(answered);
        assertThat(expired).hasValue(60);
        assertThat(retries).hasValue(0);
    }

    /** On a busy machine it takes a group long to gather. */
    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(1));
    }

    private void start(String instance, Map<String, String> consumerSettings, AnswerBatch answerBatch) {
        ExactlyOnceClients clients =
                new ExactlyOnceClients(connection, "group-" + run, instance + "-" + run, consumerSettings, Map.of());
        ServeRequests serveRequests = new ServeRequests(
                questions,
                clients,
                CompletableFuture.completedFuture("able"),
                answerBatch,
                new CountRetries(),
                new Pauses(Duration.ofMillis(50), Duration.ofMillis(200)));
        Thread thread = new Thread(serveRequests, instance);
        running.add(serveRequests);
        threads.add(thread);
        thread.start();
    }

    private Admin admin() {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                connection.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG)));
    }

    /** As the topic's retention does. */
    private void deleteQuestions() throws ExecutionException, InterruptedException {
        RecordsToDelete all = RecordsToDelete.beforeOffset(-1);
        try (Admin admin = admin()) {
            admin.deleteRecords(IntStream.range(0, PARTITIONS)
                            .mapToObj(i -> new TopicPartition(questions, i))
                            .collect(Collectors.toMap(Function.identity(), partition -> all)))
                    .all()
                    .get();
        }
    }

    private Replies reply(ConsumerRecords<String, byte[]> requests) {
        List<ProducerRecord<String, byte[]>> answers = new ArrayList<>();
        requests.forEach(request -> answers.add(new ProducerRecord<>(replies, request.key(), request.value())));
        return new Replies(answers);
    }

    private void send(int from, int to) throws ExecutionException, InterruptedException {
        topics.send(ids(from, to).stream()
                .map(id -> new ProducerRecord<>(questions, id, id.getBytes(StandardCharsets.UTF_8)))
                .toList());
    }

    private List<String> repliedTo() {
        return topics.read(replies).stream().map(ConsumerRecord::key).toList();
    }

    private static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "q" + i).toList();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Replies(List<ProducerRecord<String, byte[]>> all) implements AnswerBatch.Answers {
        @Override
        public Stream<ProducerRecord<String, byte[]>> records() {
            return all.stream();
        }

        @Override
        public void committed() {
            // seen in the topic
        }
    }

    private final class CountRetries implements ServingWatch {
        @Override
        public AutoCloseable opened(Consumer<String, byte[]> consumer) {
            if (openingsThatFail.getAndDecrement() > 0) {
                throw new IllegalStateException("not now");
            }
            return () -> {};
        }

        @Override
        public void lag(long requests) {
            leastLag.accumulateAndGet(requests, Math::min);
            lags.add(requests);
        }

        @Override
        public void expired(long requests) {
            expired.addAndGet(requests);
        }

        @Override
        public void retried() {
            retries.incrementAndGet();
        }
    }
}
