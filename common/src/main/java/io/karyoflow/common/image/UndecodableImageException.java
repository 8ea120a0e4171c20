package io.karyoflow.common.image;

/** The bytes are no image that Karyoflow can use; the message says why, fit for a report or a dead letter. */
public class UndecodableImageException extends Exception {
    private final Kind kind;

    /** What is wrong, for those who count or choose by it. */
    public enum Kind {
        /** zero bytes */
        EMPTY,
        /** no known image format, or none of its colours */
        NOT_AN_IMAGE,
        /** more pixels or bytes than the limit */
        TOO_LARGE,
        /** an image that is cut short or damaged */
        BROKEN
    }

    public UndecodableImageException(Kind kind, String reason) {
        this(kind, reason, null);
    }

    public UndecodableImageException(Kind kind, String reason, Throwable cause) {
        super(reason, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
