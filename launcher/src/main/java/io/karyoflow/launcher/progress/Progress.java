package io.karyoflow.launcher.progress;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Shows where a job is: on a terminal one line that changes in place, elsewhere (a log, a pipe) a line every few seconds
 * when something has changed.
 */
public final class Progress {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final int WIDTH = 118;

    private final PrintStream out;
    private final boolean terminal;
    private final Clock clock;
    private final Instant begin;
    private String shown = "";
    private Instant shownAt = Instant.MIN;

    public Progress(PrintStream out, boolean terminal, Clock clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        this.begin = clock.instant();
    }

    /** The next part of the job begins. */
    public synchronized void step(String title) {
        finishLine();
        out.println(elapsed() + " " + title);
        shownAt = clock.instant();
    }

    /** How far it is. */
    public synchronized void update(String text) {
        if (text.equals(shown)) {
            return;
        }
        if (terminal) {
            out.print("\r\033[K      " + (text.length() > WIDTH ? text.substring(0, WIDTH) : text));
            out.flush();
        } else if (Duration.between(shownAt, clock.instant()).compareTo(BETWEEN_LINES) >= 0) {
            out.println("      " + text);
            shownAt = clock.instant();
        } else {
            return; // too soon after the last one; if it stays so, it is shown then
        }
        shown = text;
    }

    /** Something that stays to be read. */
    public synchronized void done(String text) {
        finishLine();
        text.lines().forEach(line -> out.println("      " + line));
        shownAt = clock.instant();
    }

    private void finishLine() {
        if (terminal && !shown.isEmpty()) {
            out.print("\r\033[K");
        }
        shown = "";
    }

    private String elapsed() {
        long seconds = Duration.between(begin, clock.instant()).toSeconds();
        return String.format("%2d:%02d", seconds / 60, seconds % 60);
    }
}
