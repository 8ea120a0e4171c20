package io.karyoflow.launcher;

import static io.karyoflow.common.messaging.TestTopics.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.ExplanationRequested;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.CreateTopics;
import io.karyoflow.common.messaging.DeadLetters;
import io.karyoflow.common.messaging.ImageRecords;
import io.karyoflow.common.messaging.TestTopics;
import io.karyoflow.embedded.EmbeddedKafka;
import io.karyoflow.embedded.Folders;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command against a real Kafka. All tests share the topics, so each looks only at letters with keys of its own. */
@Timeout(180)
class ResendDeadLettersIT {
    private static final byte[] IMAGE = {(byte) 0x89, 'P', 'N', 'G', 0, 13, 10, (byte) 0xff};

    @TempDir
    static Path logs;

    private static Path work;
    private static EmbeddedKafka kafka;
    private static TestTopics topics;

    @BeforeAll
    static void start() throws Exception {
        work = Folders.temporary("karyoflow-resend-it");
        kafka = EmbeddedKafka.start(work.resolve("kafka"), logs.resolve("kafka.log"));
        Map<String, Object> connection = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        CreateTopics.in(connection);
        topics = new TestTopics(connection);
    }

    @AfterAll
    static void stop() throws Exception {
        topics.close();
        kafka.close();
        Folders.delete(work);
    }

    @Test
    void aLetterIsSentOnceAsItWas() throws Exception {
        ProducerRecord<String, byte[]> request = request("once");
        topics.send(List.of(letter(request, "no model")));

        assertThat(run(Topics.PREDICTION_REQUESTS)).contains("sent again: ", "  once  no model");
        assertThat(run(Topics.PREDICTION_REQUESTS)).contains("0 sent again, ").doesNotContain("once");

        assertThat(requests(Topics.PREDICTION_REQUESTS, "once")).singleElement().satisfies(again -> {
            assertThat(again.value()).isEqualTo(IMAGE);
            assertThat(names(again.headers())).containsExactlyElementsOf(names(request.headers()));
            assertThat(header(again, "ce_slide")).isEqualTo("slide7");
        });
    }

    @Test
    void theOthersStayForAnotherTime() throws Exception {
        topics.send(List.of(
                letter(request("full"), "disk full"),
                letter(request("strange"), "strange image"),
                letter(request("fuller"), "disk full")));

        run(Topics.PREDICTION_REQUESTS, "--reason", "Disk Full");
        assertThat(requests(Topics.PREDICTION_REQUESTS, "full", "strange", "fuller"))
                .extracting(ConsumerRecord::key)
                .containsExactlyInAnyOrder("full", "fuller");

        run(Topics.PREDICTION_REQUESTS, "--reason", "strange");
        assertThat(requests(Topics.PREDICTION_REQUESTS, "full", "strange", "fuller"))
                .extracting(ConsumerRecord::key)
                .containsExactlyInAnyOrder("full", "fuller", "strange");
    }

    @Test
    void aDryRunOnlyTells() throws Exception {
        topics.send(List.of(letter(request("dry"), "rehearsal")));

        assertThat(run(Topics.PREDICTION_REQUESTS, "--reason", "rehearsal", "--dry-run"))
                .contains("would be sent again: ", "  dry  rehearsal", "1 would be sent again");
        assertThat(requests(Topics.PREDICTION_REQUESTS, "dry")).isEmpty();

        assertThat(run(Topics.PREDICTION_REQUESTS, "--reason", "rehearsal")).contains("1 sent again");
    }

    @Test
    void aLetterThatComesBackIsAnotherLetter() throws Exception {
        topics.send(List.of(letter(request("back"), "still wrong")));
        run(Topics.PREDICTION_REQUESTS, "--reason", "still wrong");
        topics.send(List.of(letter(request("back"), "still wrong")));
        run(Topics.PREDICTION_REQUESTS, "--reason", "still wrong");

        assertThat(requests(Topics.PREDICTION_REQUESTS, "back")).hasSize(2);
    }

    @Test
    void explanationsAreAskedForOnlyByTheMethodsThatAreMissing() throws Exception {
        PredictionRequest image =
                new PredictionRequest("why", null, null, null, null, null, List.of("saliency", "rise"), null, IMAGE);
        ProducerRecord<String, byte[]> request =
                ImageRecords.of(new ExplanationRequested(image, "model", 1, Instant.now()), "inference");
        topics.send(List.of(DeadLetters.ofMethods(consumed(request), "rise", "rise: out of memory", "explain")));

        run(Topics.EXPLANATION_REQUESTS);

        assertThat(requests(Topics.EXPLANATION_REQUESTS, "why"))
                .singleElement()
                .extracting(again ->
                        ImageRecords.explanationRequested(again).request().explain())
                .isEqualTo(List.of("rise"));
    }

    @Test
    void aLetterWithoutItsValueStays() throws Exception {
        ProducerRecord<String, byte[]> letter = letter(request("empty"), "its value is left out");
        topics.send(List.of(new ProducerRecord<>(letter.topic(), null, letter.key(), (byte[]) null, letter.headers())));

        assertThat(run(Topics.PREDICTION_REQUESTS, "--reason", "is left out"))
                .contains("stays, as it has no key or no value: ", "0 sent again", "1 cannot be");
        assertThat(requests(Topics.PREDICTION_REQUESTS, "empty")).isEmpty();
    }

    @Test
    void whereKafkaIsMayBeInAFile() throws Exception {
        Path file =
                Files.writeString(logs.resolve("client.properties"), "bootstrap.servers=" + kafka.bootstrapServers());

        assertThat(execute(Topics.PREDICTION_REQUESTS, "--dry-run", "--command-config", file.toString()))
                .contains(" would be sent again, ");
    }

    private static String run(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--bootstrap", kafka.bootstrapServers()));
        return execute(all.toArray(String[]::new));
    }

    private static String execute(String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine command = ResendDeadLetters.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(out, true));
        assertThat(command.execute(arguments)).as("%s", out).isZero();
        return out.toString();
    }

    private static List<ConsumerRecord<String, byte[]>> requests(String topic, String... keys) {
        // a commit is visible a little after the command has ended, but before its id can be taken by the next
        try (KafkaProducer<String, byte[]> next =
                topics.producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "resend-dead-letters-" + topic))) {
            next.initTransactions();
        }
        return topics.read(topic).stream()
                .filter(record -> Arrays.asList(keys).contains(record.key()))
                .toList();
    }

    private static ProducerRecord<String, byte[]> request(String id) {
        return ImageRecords.of(
                new PredictionRequest(id, id + ".png", "slide7", 3L, 4L, null, List.of(), "image/png", IMAGE),
                "ingest");
    }

    private static ProducerRecord<String, byte[]> letter(ProducerRecord<String, byte[]> request, String reason) {
        return DeadLetters.of(consumed(request), reason, "inference");
    }

    private static ConsumerRecord<String, byte[]> consumed(ProducerRecord<String, byte[]> sent) {
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);
        return record;
    }

    private static List<String> names(Iterable<Header> headers) {
        return StreamSupport.stream(headers.spliterator(), false)
                .map(header -> header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
