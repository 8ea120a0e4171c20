package io.karyoflow.ingest.dataset;

/** Where an import stands. The last three are final. */
public enum ImportState {
    /** first pass: every image is decoded */
    VALIDATING,
    /** second pass: images go to Kafka */
    PUBLISHING,
    /** all images acknowledged, offsets stored */
    REGISTERED,
    /** the data set is not fit to be used: see its problems or error; nothing was registered */
    REJECTED,
    /** something around the data set failed, as Kafka or the disk; import it again */
    FAILED
}
