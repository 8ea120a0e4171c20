package io.karyoflow.common.message;

/** Why something failed, for a record: it may quote a file or another record, and would then be too large to be sent. */
public final class Reason {
    private static final int LONGEST = 10_000;

    private Reason() {}

    /** @return the reason, or its first 10,000 characters; null for null */
    public static String cut(String reason) {
        return reason != null && reason.length() > LONGEST ? reason.substring(0, LONGEST) + "..." : reason;
    }
}
