package io.karyoflow.explain.web;

import jakarta.inject.Singleton;

/**
 * How much memory the answers take that are being sent: they lie there until they are read, which may take as long as it
 * likes, and must leave room for those that come next.
 */
@Singleton
class AnswersBeingSent {
    private final long most;
    private long bytes;

    AnswersBeingSent() {
        this(Runtime.getRuntime().maxMemory() / 4);
    }

    /** @param most bytes of all answers together; a larger one may be sent while there is no other */
    AnswersBeingSent(long most) {
        this.most = most;
    }

    /** @throws NotNowException if the others leave no room for an answer of so many bytes */
    synchronized void add(long itsBytes) {
        if (bytes > 0 && bytes + itsBytes > most) {
            throw NotNowException.manyUnread();
        }
        bytes += itsBytes;
    }

    /** One is sent, or who asked for it is gone. */
    synchronized void remove(long itsBytes) {
        bytes -= itsBytes;
    }

    synchronized long bytes() {
        return bytes;
    }
}
