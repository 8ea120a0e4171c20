package io.karyoflow.launcher.system;

import io.karyoflow.embedded.GuardedProcess;
import io.karyoflow.launcher.progress.Progress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Tells of each process that has ended, once: when no job runs, nobody else would miss it before it is needed. */
public final class TellOfEndedProcesses {
    private final Supplier<List<GuardedProcess>> ended;
    private final Progress progress;
    private final Set<GuardedProcess> told = new HashSet<>();

    public TellOfEndedProcesses(Supplier<List<GuardedProcess>> ended, Progress progress) {
        this.ended = ended;
        this.progress = progress;
    }

    public void look() {
        for (GuardedProcess process : ended.get()) {
            if (told.add(process)) {
                progress.done(process.name() + " has ended with status "
                        + process.ended().join() + ", and its work is left undone; its log is " + process.logFile());
            }
        }
    }
}
