package io.karyoflow.launcher;

import io.karyoflow.launcher.data.JobData;
import io.karyoflow.launcher.job.JobSettings;
import io.karyoflow.launcher.job.RunMainJob;
import io.karyoflow.launcher.progress.JobFailure;
import io.karyoflow.launcher.progress.Patience;
import io.karyoflow.launcher.progress.Progress;
import io.karyoflow.launcher.report.JobReport;
import io.karyoflow.launcher.report.PrintSummary;
import io.karyoflow.launcher.study.ConvNetStudy;
import io.karyoflow.launcher.study.PretrainedStudy;
import io.karyoflow.launcher.study.StudyBudget;
import io.karyoflow.launcher.system.RunningSystem;
import io.karyoflow.launcher.system.Service;
import io.karyoflow.launcher.system.StartSystem;
import io.karyoflow.launcher.system.SystemSettings;
import io.karyoflow.launcher.system.TellOfEndedProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code ./quickstart} runs: starts everything, does the main job, and stays up until told to stop. */
@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Starts Kafka, PostgreSQL and the five services on this machine, imports a labelled data set, finds a good"
                    + " classifier for it, and labels and explains unlabelled images.",
            "With --weights it also trains a network that has learned from photographs, on the same images, and the"
                    + " better of the two labels and explains.",
            "Stays up until Ctrl-C, unless --exit is given."
        })
public final class Quickstart implements Callable<Integer> {
    private static final int LABELLED = 2000;
    private static final int UNLABELLED = 400;
    private static final long SEARCH_SEED = 7;
    /** Half of a patch's 100 pixels shows the chromatin, and costs a quarter of them all. */
    private static final int INPUT_SIZE = 48;

    /** Two trials with a thread each do more in all than one with two threads. */
    private static final int TRIALS_AT_ONCE = 2;

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "folder with train.csv, train.zip or train/, and optionally test.zip or test/;"
                    + " without it, nuclei are generated")
    private Path data;

    @Option(
            names = "--trials",
            paramLabel = "N",
            defaultValue = "4",
            description = "trials of the ConvNet's study (${DEFAULT-VALUE})")
    private int trials;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "8",
            description = "epochs of each of them (${DEFAULT-VALUE})")
    private int epochs;

    @ArgGroup(exclusive = false)
    private PretrainedOptions pretrained;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "quickstart-output",
            description = "where results go (${DEFAULT-VALUE})")
    private Path out;

    @Option(
            names = "--exit",
            description = "stop when the job is done; status 0 only if nothing failed and every request was answered")
    private boolean exit;

    @Spec
    private CommandSpec spec;

    private final Path home;
    private final boolean terminal;
    private volatile boolean stopping;

    Quickstart(Path home, boolean terminal) {
        this.home = home;
        this.terminal = terminal;
    }

    public static void main(String[] arguments) {
        // the terminal is for progress; what the Kafka client says is worth a line only if it is a warning
        Logger.getLogger("").setLevel(Level.WARNING);
        Path home = Path.of(System.getProperty("karyoflow.home", "")).toAbsolutePath();
        boolean terminal = Boolean.getBoolean("karyoflow.terminal");
        System.exit(commandLine(home, terminal).execute(arguments));
    }

    static CommandLine commandLine(Path home, boolean terminal) {
        Quickstart quickstart = new Quickstart(home, terminal);
        return new CommandLine(quickstart).setExecutionExceptionHandler((e, command, parsed) -> {
            if (quickstart.stopping) {
                return 1; // whatever the job was waiting for has been stopped
            }
            if (!(e instanceof JobFailure) && !(e instanceof UncheckedIOException)) {
                throw e;
            }
            command.getErr().println();
            command.getErr().println("quickstart: " + e.getMessage());
            return 1;
        });
    }

    @Override
    public Integer call() throws InterruptedException {
        checkOptions();
        Progress progress = new Progress(System.out, terminal, Clock.systemUTC());
        Optional<Path> folder = Optional.ofNullable(data)
                .map(path -> JobData.in(path.toAbsolutePath().normalize()).folder());
        Optional<PretrainedStudy> pretrainedStudy =
                Optional.ofNullable(pretrained).map(PretrainedOptions::study);
        JobSettings settings = new JobSettings(
                folder,
                LABELLED,
                UNLABELLED,
                new ConvNetStudy(INPUT_SIZE, true, budget(trials, epochs)),
                pretrainedStudy,
                out.toAbsolutePath().normalize());
        requireWritable(settings.out());
        RunningSystem system = new RunningSystem(systemSettings(settings));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(system, progress)));
        new StartSystem(system, progress).start();
        Patience patience = new Patience(progress, Clock.systemUTC(), PATIENCE, system.logs(), system::requireAlive);
        JobReport report = new RunMainJob(settings, system, patience).run();
        PrintSummary.of(report, settings.out(), system, progress);
        if (!exit) {
            stayUp(system, settings.out(), progress);
        }
        return report.shortcomings().isEmpty() ? 0 : 1;
    }

    private void stop(RunningSystem system, Progress progress) {
        stopping = true;
        if (!system.isClosed()) {
            progress.step("Stopping");
        }
        system.close();
    }

    /** Before a process cannot write its log there, and is blamed for it. */
    private static void requireWritable(Path out) {
        Path logs = out.resolve("logs");
        try {
            Files.createDirectories(logs);
        } catch (IOException e) {
            throw new JobFailure("--out: cannot create " + logs + ": " + e, e);
        }
        for (Path folder : List.of(out, logs)) {
            if (!Files.isWritable(folder)) {
                throw new JobFailure("--out: " + folder + " cannot be written to");
            }
        }
    }

    private void checkOptions() {
        checkCount("--trials", trials);
        checkCount("--epochs", epochs);
        if (pretrained != null) {
            checkCount("--pretrained-trials", pretrained.trials());
            checkCount("--pretrained-epochs", pretrained.epochs());
        }
    }

    private void checkCount(String option, int count) {
        if (count < 1) {
            throw new ParameterException(spec.commandLine(), option + " must be at least 1, not " + count);
        }
    }

    static StudyBudget budget(int trials, int epochs) {
        return new StudyBudget(trials, Math.min(trials, TRIALS_AT_ONCE), epochs, SEARCH_SEED);
    }

    private SystemSettings systemSettings(JobSettings settings) {
        int slots = Math.max(
                settings.study().budget().concurrency(),
                settings.pretrained().map(study -> study.budget().concurrency()).orElse(1));
        return new SystemSettings(
                home,
                settings.out().resolve("logs"),
                settings.data().map(Path::getParent),
                Map.of(Service.TRAINER, Map.of("karyoflow.trainer.slots", Integer.toString(slots))));
    }

    /** Returns never: Ctrl-C or SIGTERM end the JVM, whose shutdown hook stops everything. */
    private static void stayUp(RunningSystem system, Path out, Progress progress) throws InterruptedException {
        progress.step("Everything stays up until Ctrl-C");
        progress.done("Then all that Kafka and PostgreSQL hold is deleted (imported data sets, studies, models,"
                + " answers), and the watched folder with all that is in it. What stays is " + out + ".");
        TellOfEndedProcesses tellOfEndedProcesses = new TellOfEndedProcesses(system::ended, progress);
        while (true) {
            tellOfEndedProcesses.look();
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
    }
}
