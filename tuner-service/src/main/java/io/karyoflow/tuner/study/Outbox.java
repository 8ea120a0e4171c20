package io.karyoflow.tuner.study;

import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.message.TrialStopRequested;
import java.util.concurrent.CompletionStage;

/**
 * What is decided but not yet said. A crash between the two only delays the message; at worst it is said twice, and every
 * consumer can stand that.
 */
public interface Outbox {
    /** Sends what is due and marks what was acknowledged; several tuners may call it at once. */
    void sendDue(Announcements announcements);

    /** What each role is served by is due once more: Kafka may have lost what was said of it. */
    void repeatPromotions();

    /** How to say it. Each call returns at once and completes when the broker has acknowledged. */
    interface Announcements {
        CompletionStage<Void> announce(TrialRequested request);

        CompletionStage<Void> announce(TrialStopRequested request);

        CompletionStage<Void> announce(ModelPromoted promotion);
    }
}
