package io.karyoflow.launcher.endurance;

import io.karyoflow.embedded.GuardedProcess;
import io.karyoflow.launcher.progress.Patience;
import io.karyoflow.launcher.system.RunningSystem;
import io.karyoflow.launcher.system.Service;
import io.karyoflow.launcher.system.ServiceProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What happens to a system sooner or later: a service is killed and started again, or stands still for a while (a machine
 * that swaps, a debugger, a paused virtual machine), and Kafka or PostgreSQL crash and come back. All of them in turn, in an
 * order that the seed says.
 */
final class Faults {
    private static final int SHORTEST_STANDSTILL = 5;
    private static final int LONGEST_STANDSTILL = 25;

    private final RunningSystem system;
    private final Patience patience;
    private final Random random;
    private final List<Fault> left = new ArrayList<>();

    private interface Fault {
        void happen() throws IOException, InterruptedException;
    }

    Faults(RunningSystem system, Patience patience, Random random) {
        this.system = system;
        this.patience = patience;
        this.random = random;
    }

    /** Returns when all is up again; what was interrupted goes on behind that. */
    void next() throws IOException, InterruptedException {
        if (left.isEmpty()) {
            for (Service service : Service.values()) {
                left.add(() -> kill(service));
                left.add(() -> standStill(service));
            }
            left.add(this::crashKafka);
            left.add(this::crashPostgresql);
            Collections.shuffle(left, random);
        }
        left.remove(left.size() - 1).happen();
        system.awaitReady(patience.progress());
    }

    private void kill(Service service) {
        ServiceProcess instance = system.service(service);
        patience.progress().step("Killing " + instance.name());
        system.start(service); // first, as others ask the system where the service is
        system.kill(instance);
    }

    private void standStill(Service service) throws IOException, InterruptedException {
        int seconds = SHORTEST_STANDSTILL + random.nextInt(LONGEST_STANDSTILL - SHORTEST_STANDSTILL);
        ServiceProcess instance = system.service(service);
        patience.progress().step("Letting " + instance.name() + " stand still for " + seconds + " s");
        signal("STOP", instance.process());
        try {
            Thread.sleep(seconds * 1000L);
        } finally {
            signal("CONT", instance.process());
        }
    }

    private static void signal(String name, GuardedProcess process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.child().pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    private void crashKafka() {
        patience.progress().step("Crashing Kafka");
        system.crashKafka();
    }

    private void crashPostgresql() {
        patience.progress().step("Crashing PostgreSQL");
        system.crashPostgresql();
    }
}
