package io.karyoflow.common.dataset;

import java.nio.file.Path;

/** A CSV or an archive that cannot be used as a whole. */
public class UnusableFileException extends Exception {
    private final transient Path file;
    private final String reason;

    public UnusableFileException(Path file, String reason) {
        super(file + ": " + reason);
        this.file = file;
        this.reason = reason;
    }

    public Path file() {
        return file;
    }

    /** For people: what is wrong and what to do, without the file's name. */
    public String reason() {
        return reason;
    }
}
