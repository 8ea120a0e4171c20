package io.karyoflow.launcher.resend;

import io.karyoflow.common.messaging.SentAgain;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Says which letters go, once it has seen the notes of those that went. */
final class ChooseLetters {
    private final LetterFilter filter;
    private final Set<Place> went = new HashSet<>();

    private record Place(int partition, long offset) {}

    ChooseLetters(LetterFilter filter) {
        this.filter = filter;
    }

    /** To be called for all that is in the topic, before any fate is asked for. */
    void see(ConsumerRecord<byte[], byte[]> record) {
        SentAgain.noted(record).ifPresent(offset -> went.add(new Place(record.partition(), offset)));
    }

    Fate fateOf(ConsumerRecord<byte[], byte[]> letter) {
        if (went.contains(new Place(letter.partition(), letter.offset()))) {
            return Fate.WENT_BEFORE;
        }
        if (!filter.wants(letter)) {
            return Fate.IS_NOT_WANTED;
        }
        return SentAgain.obstacle(letter).isPresent() ? Fate.CANNOT_GO : Fate.GOES;
    }
}
