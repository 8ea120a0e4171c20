package io.karyoflow.trainer.trial;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** How a trainer uses its machine. */
@ConfigMapping(prefix = "karyoflow.trainer")
public interface TrainerConfig {
    /** Trials at once in this process; 0 for a trainer that only waits. */
    @WithDefault("1")
    int slots();

    /** Threads that train one trial; all cores shared out among the slots if absent. */
    OptionalInt threadsPerSlot();

    /** The worker's name in tables and events; host and process id if absent. Must be unique among trainers. */
    Optional<String> name();

    /** How often a running trial shows in the database that it is alive. */
    @WithDefault("10s")
    Duration heartbeat();

    /** Before the second try when PostgreSQL or Kafka does not answer; doubled with each further one, up to 5 s. */
    @WithDefault("500ms")
    Duration retryPause();

    /** @throws IllegalArgumentException if they are fewer than 1: no trial could be trained, and each would fail for good */
    default int threads() {
        int threads =
                threadsPerSlot().orElse(Math.max(1, Runtime.getRuntime().availableProcessors() / Math.max(1, slots())));
        if (threads < 1) {
            throw new IllegalArgumentException("karyoflow.trainer.threads-per-slot is " + threads
                    + ", but must be at least 1; without it, all cores are shared out among the slots");
        }
        return threads;
    }

    /** @param slot from 0 */
    default String workerName(int slot) {
        String process =
                name().orElseGet(() -> host() + "-" + ProcessHandle.current().pid());
        return slots() == 1 ? process : process + "/" + slot;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "trainer"; // a machine that does not know its own name
        }
    }
}
