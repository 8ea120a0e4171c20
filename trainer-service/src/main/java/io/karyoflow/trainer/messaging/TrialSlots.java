package io.karyoflow.trainer.messaging;

import io.karyoflow.trainer.training.Device;
import io.karyoflow.trainer.trial.RunningTrials;
import io.karyoflow.trainer.trial.TrainerConfig;
import io.karyoflow.trainer.trial.TrialTools;
import io.karyoflow.trainer.trial.Worker;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts this process' slots and ends them so that their requests go to others at once. */
@Singleton
public class TrialSlots {
    private static final Logger LOG = LoggerFactory.getLogger(TrialSlots.class);

    /** For all slots together: the compose file and Kubernetes kill after 30 s, the quickstart after 20. */
    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(15);

    private final TrainerConfig config;
    private final TrainersGroup group;
    private final EventProducer producer;
    private final RunningTrials running;
    private final TrialTools tools;
    private volatile List<TrialSlot> slots = List.of();

    TrialSlots(
            TrainerConfig config,
            TrainersGroup group,
            EventProducer producer,
            RunningTrials running,
            TrialTools tools) {
        this.config = config;
        this.group = group;
        this.producer = producer;
        this.running = running;
        this.tools = tools;
    }

    void start(@Observes StartupEvent event) {
        Device device = Device.detect();
        LOG.info(
                "TensorFlow {} trains on {}: {} trials at once, {} threads each",
                device.tensorFlow(),
                device.name(),
                config.slots(),
                config.threads());
        slots = IntStream.range(0, config.slots())
                .mapToObj(number -> new Worker(config.workerName(number), device.name()))
                .map(worker -> new TrialSlot(worker, group, producer, running, tools))
                .toList();
        slots.forEach(TrialSlot::start);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        slots.forEach(TrialSlot::requestStop);
        long end = System.nanoTime() + PATIENCE_AT_END.toNanos();
        for (TrialSlot slot : slots) {
            slot.awaitEnd(Duration.ofNanos(end - System.nanoTime()));
        }
    }

    List<TrialSlot> slots() {
        return slots;
    }
}
