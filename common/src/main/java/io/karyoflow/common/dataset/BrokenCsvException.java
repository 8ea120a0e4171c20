package io.karyoflow.common.dataset;

import java.io.IOException;

/** A CSV that cannot be read as one; the message says to people what to do. */
public class BrokenCsvException extends IOException {
    BrokenCsvException(String message, IOException cause) {
        super(message, cause);
    }
}
