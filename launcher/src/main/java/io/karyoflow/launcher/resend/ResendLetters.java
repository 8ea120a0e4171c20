package io.karyoflow.launcher.resend;

import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.SentAgain;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends the dead letters of a topic to it again, each once: one transaction has the record and the note that it was sent.
 * What comes back is a letter of its own and stays, as it comes behind the end that the topic had at the start.
 */
public final class ResendLetters {
    /** In a letter's size before compression, and with room for its note. */
    private static final int LARGEST_REQUEST = 17 * 1024 * 1024;

    private final Map<String, Object> connection;
    private final String topic;
    private final LetterFilter filter;
    private final Consumer<String> lines;

    /**
     * @param connection the clients' settings, at least {@code bootstrap.servers}
     * @param lines what is told of each letter that is wanted
     */
    public ResendLetters(Map<String, Object> connection, String topic, LetterFilter filter, Consumer<String> lines) {
        this.connection = connection;
        this.topic = topic;
        this.filter = filter;
        this.lines = lines;
    }

    /** Tells which letters {@link #send} would send, and sends none. */
    public Map<Fate, Integer> list() {
        return goThrough("would be sent again: ", letters -> {});
    }

    /** @return how many letters had which fate */
    public Map<Fate, Integer> send() {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            // first of all: from now on no other run can commit anything, and what it has committed is read below
            producer.initTransactions();
            return goThrough("sent again: ", letters -> commit(producer, letters));
        }
    }

    private Map<Fate, Integer> goThrough(String done, Consumer<List<ConsumerRecord<byte[], byte[]>>> send) {
        ChooseLetters choose = new ChooseLetters(filter);
        Map<Fate, Integer> counts = new EnumMap<>(Fate.class);
        try (Letters letters = Letters.untilNow(connection, Topics.deadLetter(topic))) {
            letters.read(records -> records.forEach(choose::see));
            letters.read(records -> {
                List<ConsumerRecord<byte[], byte[]>> going = new ArrayList<>();
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    if (SentAgain.noted(record).isEmpty()) {
                        Fate fate = choose.fateOf(record);
                        counts.merge(fate, 1, Integer::sum);
                        if (fate == Fate.GOES) {
                            going.add(record);
                        } else if (fate == Fate.CANNOT_GO) {
                            lines.accept("stays, as "
                                    + SentAgain.obstacle(record).orElseThrow() + ": " + LetterText.line(record));
                        }
                    }
                }
                send.accept(going);
                going.forEach(letter -> lines.accept(done + LetterText.line(letter)));
            });
        }
        return counts;
    }

    private void commit(KafkaProducer<byte[], byte[]> producer, List<ConsumerRecord<byte[], byte[]>> letters) {
        if (letters.isEmpty()) {
            return;
        }
        producer.beginTransaction();
        for (ConsumerRecord<byte[], byte[]> letter : letters) {
            producer.send(SentAgain.to(topic, letter)); // what fails in there is thrown by the commit
            producer.send(SentAgain.note(letter));
        }
        producer.commitTransaction();
    }

    private KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "resend-dead-letters-" + topic);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
