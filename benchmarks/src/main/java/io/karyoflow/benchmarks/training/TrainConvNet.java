package io.karyoflow.benchmarks.training;

import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.trainer.data.Batch;
import io.karyoflow.trainer.data.CachedDataset;
import io.karyoflow.trainer.data.Examples;
import io.karyoflow.trainer.data.Pass;
import io.karyoflow.trainer.data.Split;
import io.karyoflow.trainer.data.TrainingExamples;
import io.karyoflow.trainer.network.ConvNet;
import io.karyoflow.trainer.training.Compute;
import io.karyoflow.trainer.training.TrainingSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * How many images a second training sessions learn from. Prints lines of the form {@code karyoflow WHAT SETTING NUMBER}.
 * Network, images and settings are those of {@code train_convnet.py} beside {@code run}.
 */
public final class TrainConvNet {
    private static final int SIDE = 48;
    private static final int WIDTH = 16;
    private static final int BATCH = 32;
    private static final int BATCHES = 16;
    private static final int WARM_UP_STEPS = 60;
    private static final double LEARNING_RATE = 1e-3;
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private static final Map<String, Object> EVERY_AUGMENTATION = Map.of(
            "shift", 0.1, "zoom", 0.1, "stainJitter", 0.2, "blur", 1.0, "noise", 5.0, "erasing", 0.25, "mixup", 0.2);

    private final double seconds;
    private final List<Batch> batches = batches();

    private TrainConvNet(double seconds) {
        this.seconds = seconds;
    }

    /** @param arguments seconds for each measurement; a folder for decoded images */
    public static void main(String[] arguments) throws Exception {
        TrainConvNet measure = new TrainConvNet(Double.parseDouble(arguments[0]));
        for (String precision : List.of("fp32", "bf16")) {
            measure.steps(precision, Map.of("precision", precision));
            measure.steps(precision + ",in_one_piece", Map.of("precision", precision, "ghostBatches", 1));
        }
        measure.slots(1, 2);
        measure.slots(2, 1);
        try (CachedDataset images =
                NoiseImages.cacheIn(Path.of(arguments[1])).open(NoiseImages.REGISTRATION, () -> {})) {
            measure.epoch("default_augmentation", Map.of(), images);
            measure.epoch("every_augmentation", EVERY_AUGMENTATION, images);
        }
    }

    /** Steps alone, over batches that lie in memory. */
    private void steps(String setting, Map<String, Object> hyperparameters) {
        try (TrainingSession session = warmSession(CORES, hyperparameters)) {
            print("steps", setting, imagesPerSecond(session));
        }
    }

    /** Sessions side by side, as those of a trainer with several slots; their speeds are summed. */
    private void slots(int sessions, int threads) throws Exception {
        List<TrainingSession> slots = new ArrayList<>();
        ExecutorService side = Executors.newFixedThreadPool(sessions);
        try {
            for (int slot = 0; slot < sessions; slot++) {
                slots.add(warmSession(threads, Map.of()));
            }
            List<Callable<Double>> work = slots.stream()
                    .<Callable<Double>>map(session -> () -> imagesPerSecond(session))
                    .toList();
            double sum = 0;
            for (Future<Double> speed : side.invokeAll(work)) {
                sum += speed.get();
            }
            print("slots", String.format("%d_of_%d_thread%s", sessions, threads, threads == 1 ? "" : "s"), sum);
        } finally {
            side.shutdown();
            slots.forEach(TrainingSession::close);
        }
    }

    private double imagesPerSecond(TrainingSession session) {
        long started = System.nanoTime();
        double elapsed;
        int step = 0;
        do {
            session.step(batches.get(step % BATCHES), LEARNING_RATE);
            step++;
            elapsed = secondsSince(started);
        } while (elapsed < seconds);
        return step * BATCH / elapsed;
    }

    /** An epoch as a trial has it: batches are read from disk and varied while the ones before are learned from. */
    private void epoch(String name, Map<String, Object> augmentation, CachedDataset images) {
        TrainingExamples examples =
                TrainingExamples.images(Split.holding(images, 0), Hyperparameters.of(augmentation), 0);
        try (TrainingSession session = warmSession(CORES, augmentation);
                Pass<? extends Examples> pass = examples.epoch(1, 0)) {
            session.step(pass.next(), LEARNING_RATE); // the pass begins with an empty store
            long waitedBefore = pass.waited();
            long started = System.nanoTime();
            double elapsed;
            int learned = 0;
            do {
                Examples batch = pass.next();
                session.step(batch, LEARNING_RATE);
                learned += batch.size();
                elapsed = secondsSince(started);
            } while (pass.hasNext() && elapsed < seconds);
            print("epoch", name, learned / elapsed);
            print("input_share", name, (pass.waited() - waitedBefore) / 1e9 / elapsed);
        }
    }

    private TrainingSession warmSession(int threads, Map<String, Object> hyperparameters) {
        TrainingSession session = new TrainingSession(
                new ConvNet(SIDE, WIDTH, NoiseImages.CLASSES.size()),
                Hyperparameters.of(hyperparameters),
                evenWeights(),
                Map.of(),
                0,
                new Compute(threads));
        for (int step = 0; step < WARM_UP_STEPS; step++) {
            session.step(batches.get(step % BATCHES), LEARNING_RATE);
        }
        return session;
    }

    private static float[] evenWeights() {
        float[] weights = new float[NoiseImages.CLASSES.size()];
        Arrays.fill(weights, 1);
        return weights;
    }

    private static List<Batch> batches() {
        Random random = new Random(0);
        return IntStream.range(0, BATCHES).mapToObj(number -> batch(random)).toList();
    }

    private static Batch batch(Random random) {
        byte[] rgb = new byte[BATCH * NoiseImages.SIDE * NoiseImages.SIDE * 3];
        random.nextBytes(rgb);
        int[] labels = IntStream.range(0, BATCH)
                .map(image -> image % NoiseImages.CLASSES.size())
                .toArray();
        return new Batch(NoiseImages.SIDE, NoiseImages.SIDE, rgb, labels);
    }

    private static double secondsSince(long started) {
        return (System.nanoTime() - started) / 1e9;
    }

    private static void print(String what, String setting, double number) {
        System.out.printf(Locale.ROOT, "karyoflow %s %s %.4f%n", what, setting, number);
    }
}
