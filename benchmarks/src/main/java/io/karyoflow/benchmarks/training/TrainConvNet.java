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
import io.karyoflow.trainer.training.GhostBatches;
import io.karyoflow.trainer.training.TrainingSession;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
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
 * How many images a second training sessions learn from. Reads lines of the form {@code WHAT SETTING SECONDS} from standard
 * input, measures for so long, answers with lines {@code karyoflow WHAT SETTING NUMBER} and an empty one, and waits for the
 * next: so that a peer can be measured in between, in the same moments of a machine whose speed changes. Sessions are kept,
 * and warm. Network, images and settings are those of {@code train_convnet.py} beside {@code run}.
 */
public final class TrainConvNet implements AutoCloseable {
    private static final int SIDE = 48;
    private static final int WIDTH = 16;
    private static final int BATCH = 32;
    private static final int BATCHES = 16;
    private static final int WARM_UP_STEPS = 60;
    private static final double LEARNING_RATE = 1e-3;
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private static final Map<String, Object> EVERY_AUGMENTATION = Map.of(
            "shift", 0.1, "zoom", 0.1, "stainJitter", 0.2, "blur", 1.0, "noise", 5.0, "erasing", 0.25, "mixup", 0.2);

    /** By the names that they have in the tables. */
    private static final Map<String, Map<String, Object>> SETTINGS = Map.of(
            "fp32",
            Map.of(),
            "fp32,in_one_piece",
            Map.of("ghostBatches", 1),
            "bf16",
            Map.of("precision", "bf16"),
            "bf16,in_one_piece",
            Map.of("precision", "bf16", "ghostBatches", 1),
            "default_augmentation",
            Map.of(),
            "every_augmentation",
            EVERY_AUGMENTATION);

    private final List<Batch> batches = batches();
    private final Map<String, List<TrainingSession>> warm = new HashMap<>();
    private final CachedDataset images;

    private TrainConvNet(CachedDataset images) {
        this.images = images;
    }

    /** @param arguments a folder for decoded images */
    public static void main(String[] arguments) throws Exception {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (CachedDataset images =
                        NoiseImages.cacheIn(Path.of(arguments[0])).open(NoiseImages.REGISTRATION, () -> {});
                TrainConvNet measure = new TrainConvNet(images)) {
            for (String line = questions.readLine(); line != null; line = questions.readLine()) {
                String[] words = line.split(" ");
                measure.answer(words[0], words[1], Double.parseDouble(words[2]));
                System.out.println();
            }
        }
    }

    @Override
    public void close() {
        warm.values().forEach(sessions -> sessions.forEach(TrainingSession::close));
    }

    private void answer(String what, String setting, double seconds) throws Exception {
        switch (what) {
            case "steps" ->
                print(what, setting, imagesPerSecond(sessions(setting, 1, CORES).get(0), seconds));
            case "slots" -> print(what, setting, sideBySide(sessions(setting, CORES, 1), seconds));
            case "epoch" -> epoch(setting, seconds);
            default -> throw new IllegalArgumentException("cannot measure " + what);
        }
    }

    private List<TrainingSession> sessions(String setting, int count, int threads) {
        return warm.computeIfAbsent(count + " of " + threads + " " + setting, missing -> IntStream.range(0, count)
                .mapToObj(slot -> warmSession(threads, SETTINGS.get(setting)))
                .toList());
    }

    /** As those of a trainer with several slots; their speeds are summed. */
    private double sideBySide(List<TrainingSession> slots, double seconds) throws Exception {
        ExecutorService side = Executors.newFixedThreadPool(slots.size());
        try {
            List<Callable<Double>> work = slots.stream()
                    .<Callable<Double>>map(session -> () -> imagesPerSecond(session, seconds))
                    .toList();
            double sum = 0;
            for (Future<Double> speed : side.invokeAll(work)) {
                sum += speed.get();
            }
            return sum;
        } finally {
            side.shutdown();
        }
    }

    /** Steps alone, over batches that lie in memory. */
    private double imagesPerSecond(TrainingSession session, double seconds) {
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
    private void epoch(String setting, double seconds) {
        TrainingSession session = sessions(setting, 1, CORES).get(0);
        TrainingExamples examples =
                TrainingExamples.images(Split.holding(images, 0), Hyperparameters.of(SETTINGS.get(setting)), 0);
        try (Pass<? extends Examples> pass = examples.epoch(1, 0)) {
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
            print("epoch", setting, learned / elapsed);
            print("input_share", setting, (pass.waited() - waitedBefore) / 1e9 / elapsed);
        }
    }

    private TrainingSession warmSession(int threads, Map<String, Object> values) {
        Hyperparameters hyperparameters = Hyperparameters.of(values);
        TrainingSession session = new TrainingSession(
                new ConvNet(SIDE, WIDTH, NoiseImages.CLASSES.size()),
                hyperparameters,
                GhostBatches.count(hyperparameters, BATCH),
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
