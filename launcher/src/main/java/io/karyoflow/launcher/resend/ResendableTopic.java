package io.karyoflow.launcher.resend;

import io.karyoflow.common.message.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests can be made again at any time. The other topics say what was so at a moment that has passed. */
public final class ResendableTopic {
    public static final List<String> ALL = List.of(Topics.PREDICTION_REQUESTS, Topics.EXPLANATION_REQUESTS);

    private static final Map<String, String> WHY_NOT = Map.of(
            Topics.TRIAL_REQUESTS,
            "a trial whose request could not be read has failed, which is final; start a study instead",
            Topics.TRIAL_EVENTS,
            "a trial of which tuner hears nothing is tried again by itself, and events of the attempt before are ignored",
            Topics.TRIAL_STOPS,
            "a trial that nobody has stopped ends by itself; to stop a study, POST /studies/ID/stop at tuner",
            Topics.PREDICTIONS,
            "whoever reads the topic has had the label; ask for the image's label once more, and ingest stores that",
            Topics.MODELS,
            "an old promotion would take the place of a newer one; POST /models/ID/promotion at tuner instead");

    private ResendableTopic() {}

    /** Why nothing is sent to the topic again; empty if it is. */
    public static Optional<String> refusal(String topic) {
        if (ALL.contains(topic)) {
            return Optional.empty();
        }
        return Optional.of(Optional.ofNullable(WHY_NOT.get(topic))
                .map(why -> "dead letters of " + topic + " are not sent again: " + why)
                .orElseGet(() -> "TOPIC must be " + String.join(" or ", ALL) + ", not " + topic));
    }
}
