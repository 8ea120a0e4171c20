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
 * that swaps, a virtual machine that is moved), and Kafka or PostgreSQL crash and come back. In an order that the seed says.
 */
final class Faults {
    private static final int SHORTEST_STANDSTILL = 5;
    private static final int LONGEST_STANDSTILL = 25;
    private static final int BREATHER_MILLIS = 3_000;

    private final RunningSystem system;
    private final Patience patience;
    private final Random random;

    private interface Fault {
        void happen() throws IOException, InterruptedException;
    }

    Faults(RunningSystem system, Patience patience, Random random) {
        this.system = system;
        this.patience = patience;
        this.random = random;
    }

    /** Each once. Before the next all is up again, though perhaps not all done that the one before has interrupted. */
    void round() throws IOException, InterruptedException {
        List<Fault> faults = new ArrayList<>(List.of(this::crashKafka, this::crashPostgresql));
        for (Service service : Service.values()) {
            faults.add(() -> kill(service));
            faults.add(() -> standStill(service));
        }
        Collections.shuffle(faults, random);
        for (Fault fault : faults) {
            fault.happen();
            system.awaitReady(patience.progress());
            Thread.sleep(BREATHER_MILLIS);
        }
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
