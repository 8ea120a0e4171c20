package io.karyoflow.ingest.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What to do with a data set that has problems. They are reported either way. */
public enum OnError {
    /** refuse it as a whole: nothing is published */
    @JsonProperty("reject")
    REJECT,
    /** leave out the images that have them and register the rest */
    @JsonProperty("skip")
    SKIP
}
