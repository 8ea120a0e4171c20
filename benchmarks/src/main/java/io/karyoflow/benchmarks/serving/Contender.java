package io.karyoflow.benchmarks.serving;

import io.karyoflow.embedded.GuardedCommand;
import io.karyoflow.embedded.GuardedProcess;
import java.util.ArrayList;
import java.util.List;

/**
 * A service that is measured.
 *
 * @param exactlyOnce whether it says that it answers no request twice
 * @param share of the images that queue up for it: slow ones get fewer
 * @param requests the topic that it takes requests from
 * @param answers the topic that it answers to
 * @param commands its processes
 */
record Contender(
        String name,
        boolean exactlyOnce,
        double share,
        String requests,
        String answers,
        List<GuardedCommand> commands) {

    /** All of its processes, running until they are closed. */
    Running start() {
        Running running = new Running(new ArrayList<>());
        commands.forEach(command -> running.processes().add(GuardedProcess.start(command)));
        return running;
    }

    record Running(List<GuardedProcess> processes) implements AutoCloseable {

        /** @throws IllegalStateException if one has ended; with the last lines of its log */
        void requireAlive() {
            for (GuardedProcess process : processes) {
                if (!process.isAlive()) {
                    throw new IllegalStateException(process.name() + " has ended:\n" + process.logTail());
                }
            }
        }

        @Override
        public void close() {
            processes.forEach(GuardedProcess::requestStop);
            processes.forEach(GuardedProcess::close);
        }
    }
}
