package io.karyoflow.explain.explanation;

import io.karyoflow.common.message.Attribution;
import java.util.List;

/** What became of one request. */
public sealed interface Answer {
    /** One attribution for each method asked for. */
    record Explained(List<Attribution> attributions) implements Answer {}

    /** Nothing can be said about it; {@code reason} tells its sender what to change. */
    record Refused(String reason) implements Answer {}
}
