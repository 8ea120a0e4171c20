package io.karyoflow.benchmarks.accuracy;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.ingest.dataset.split.SplitRequest;
import io.karyoflow.ingest.dataset.split.UnsplittableException;
import io.karyoflow.trainer.data.DatasetCache;
import io.karyoflow.trainer.data.FeatureCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code benchmarks/accuracy/run} runs: one configuration, a trial for each fold and seed, and what they come to. */
@Command(
        name = "run",
        sortOptions = false,
        description = {
            "Trains one configuration once for each fold and seed, and says how good it is on the fold it has not seen.",
            "Tables in Markdown and a line that begins with RESULT go to stdout, progress to stderr."
        })
public final class MeasureAccuracy implements Callable<Integer> {
    private static final long SPLIT_SEED = 0;
    private static final double RANDOM_SHARE = 0.2;

    /** How images are kept apart. */
    enum SplitKind {
        GROUPED,
        RANDOM
    }

    @Parameters(
            paramLabel = "DIR",
            description = "folder with train.csv (Filename,Label[,Group][,Fold]), and train.zip or train/")
    private Path folder;

    @Option(
            names = "--architecture",
            defaultValue = "convnet",
            paramLabel = "NAME",
            description = "convnet, mobilenetv2, resnet50 or resnet50v2 (${DEFAULT-VALUE})")
    private Architecture architecture;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            split = ",",
            description =
                    "hyperparameters over their defaults, separated by commas; of a name given twice the last counts")
    private Map<String, String> hyperparameters = Map.of();

    @Option(names = "--epochs", paramLabel = "N", defaultValue = "12", description = "of each trial (${DEFAULT-VALUE})")
    private int epochs;

    @Option(
            names = "--folds",
            paramLabel = "N",
            split = ",",
            description = "to validate on, separated by commas (all of them)")
    private List<Integer> folds;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            split = ",",
            defaultValue = "1",
            description = "of weights, shuffling, dropout and augmentation, separated by commas (${DEFAULT-VALUE})")
    private List<Long> seeds;

    @Option(
            names = "--split",
            paramLabel = "KIND",
            defaultValue = "grouped",
            description = "grouped: the folds of the column Fold, else the five that ingest makes, no group in two of"
                    + " them; random: a single part of 20 %%, without regard to either (${DEFAULT-VALUE})")
    private SplitKind split;

    @Option(
            names = "--classes",
            paramLabel = "NAME",
            split = ",",
            description = "by label, separated by commas (as ingest has them)")
    private List<String> classes = ImportFolder.config().classes();

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "that train a trial; with 1 the same seed gives the same figures (${DEFAULT-VALUE})")
    private int threads;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            defaultValue = "${sys:java.io.tmpdir}/karyoflow-accuracy",
            description = "where decoded images are kept for the next run (${DEFAULT-VALUE})")
    private Path cache;

    @Option(
            names = "--predictions",
            paramLabel = "FILE",
            description = "a CSV to write: what was said of each validation image, the mistakes of each trial first")
    private Path predictions;

    @Option(names = "--help", usageHelp = true, description = "print this and exit")
    private boolean help;

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new MeasureAccuracy())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    if (!(e instanceof BenchmarkFailure) && !(e instanceof IOException)) {
                        throw e;
                    }
                    command.getErr().println(e.getMessage());
                    return 1;
                });
    }

    @Override
    public Integer call() throws IOException {
        checkOptions();
        Hyperparameters complete = complete();
        System.err.println("reading " + folder);
        LabelledData data = data();
        List<Integer> validationFolds = folds == null ? data.validationFolds() : folds;
        if (!data.validationFolds().containsAll(validationFolds)) {
            throw new ParameterException(spec.commandLine(), "--folds: there are " + data.validationFolds());
        }
        DatasetCache images = new DatasetCache(
                cache.resolve(data.fingerprint()),
                data,
                new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS),
                Long.MAX_VALUE);
        images.open(data.registration(), () -> {}).close(); // so that no trial's seconds are those of decoding
        FeatureCache features = new FeatureCache();
        List<FoldResult> results = run(complete, data, images, features, validationFolds);
        print(complete, data, results);
        return 0;
    }

    private void checkOptions() {
        if (!Files.isDirectory(folder)) {
            throw new ParameterException(spec.commandLine(), "there is no folder " + folder);
        }
        if (epochs < 1 || threads < 1) {
            throw new ParameterException(spec.commandLine(), "--epochs and --threads must be at least 1");
        }
    }

    private Hyperparameters complete() {
        try {
            return Hyperparameters.of(hyperparameters);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--set: " + e.getMessage(), e);
        }
    }

    private LabelledData data() throws IOException {
        try {
            return switch (split) {
                case GROUPED ->
                    ImportFolder.run(
                            folder,
                            classes,
                            SplitRequest.folds(ImportFolder.config().folds(), SPLIT_SEED)
                                    .unlessGiven());
                case RANDOM -> {
                    SplitRequest single = SplitRequest.single(RANDOM_SHARE, SPLIT_SEED);
                    yield ImportFolder.run(folder, classes, single.unlessGiven())
                            .splitAtRandom(single);
                }
            };
        } catch (NoSuchFileException e) {
            throw new BenchmarkFailure(folder + ": " + e.getReason());
        } catch (UnsplittableException e) {
            throw new BenchmarkFailure(e.getMessage());
        }
    }

    private List<FoldResult> run(
            Hyperparameters complete,
            LabelledData data,
            DatasetCache images,
            FeatureCache features,
            List<Integer> validationFolds)
            throws IOException {
        List<FoldResult> results = new ArrayList<>();
        try (PredictionsFile file = predictions == null
                ? null
                : new PredictionsFile(predictions, data.registration().classes())) {
            for (int fold : validationFolds) {
                for (long seed : seeds) {
                    TrialRequested request = new TrialRequested(
                            "fold " + fold + " seed " + seed,
                            1,
                            "accuracy",
                            architecture,
                            complete,
                            epochs,
                            seed,
                            data.registration(),
                            fold);
                    FoldResult result = RunFold.run(request, images, features, threads);
                    results.add(result);
                    if (file != null) {
                        file.write(result);
                    }
                }
            }
        }
        return results;
    }

    private void print(Hyperparameters complete, LabelledData data, List<FoldResult> results) {
        AccuracyTables tables = new AccuracyTables(data.registration().classes(), results);
        System.out.printf(
                "%s, %d epochs, %s%n%n%d images, %s%n%n%s%n%n%s%n%n%s%n%n%s%n",
                architecture.name().toLowerCase(Locale.ROOT),
                epochs,
                complete.asMap(),
                data.registration().images(),
                data.registration().split(),
                tables.folds(data.registration().foldCounts()),
                tables.trials(),
                tables.confusionMatrix(),
                tables.resultLine());
    }
}
