package io.karyoflow.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.Topics;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class CreateTopicsTest {
    @Test
    void asksForNothingThatIsThere() {
        assertThat(CreateTopics.missing(Set.copyOf(CreateTopics.names()))).isEmpty();
    }

    @Test
    void asksForWhatIsNotThere() {
        Set<String> there = new HashSet<>(CreateTopics.names());
        there.remove(Topics.IMAGES);
        there.add("somebody-else-s");

        assertThat(CreateTopics.missing(there)).extracting(NewTopic::name).containsExactly(Topics.IMAGES);
    }
}
