package io.karyoflow.launcher;

import io.karyoflow.launcher.progress.JobFailure;
import io.karyoflow.launcher.resend.Fate;
import io.karyoflow.launcher.resend.LetterFilter;
import io.karyoflow.launcher.resend.ResendLetters;
import io.karyoflow.launcher.resend.ResendableTopic;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code ./resend-dead-letters} runs. */
@Command(
        name = "resend-dead-letters",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends the dead letters of a topic to it again, once what was wrong has been put right: each once, however often"
                    + " this is run, with its key and its own headers, and a request for explanations only for those that are"
                    + " missing.",
            "A letter stays where it is, with a note that it was sent. One that comes back is a new letter."
        })
public final class ResendDeadLetters implements Callable<Integer> {
    private static final String HERE = "localhost:9092";

    @Parameters(paramLabel = "TOPIC", description = "prediction-requests or explanation-requests")
    private String topic;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "where Kafka is (what the file of --command-config says, or else " + HERE + ")")
    private String bootstrapServers;

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description =
                    "a properties file with settings of Kafka's clients, as Kafka's own commands take it: for a cluster"
                            + " that asks for TLS or SASL, for example security.protocol=SASL_SSL")
    private Path commandConfig;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "only letters whose reason contains this; the others can be sent another time")
    private String reason;

    @Option(
            names = "--since",
            paramLabel = "INSTANT",
            description = "only letters written then or later, for example 2026-01-02T03:04:05Z")
    private Instant since;

    @Option(names = "--dry-run", description = "list what would be sent, and send nothing")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    private ResendDeadLetters() {}

    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.SEVERE); // what fails is thrown, too
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new ResendDeadLetters()).setExecutionExceptionHandler((e, command, parsed) -> {
            if (e instanceof KafkaException) {
                String cause = e.getCause() == null ? "" : ": " + e.getCause().getMessage();
                command.getErr()
                        .println("resend-dead-letters: Kafka: " + e.getMessage() + cause
                                + "; once that is put right, run it again: what was sent is not sent twice");
            } else if (e instanceof JobFailure) {
                command.getErr().println("resend-dead-letters: " + e.getMessage());
            } else {
                throw e;
            }
            return 1;
        });
    }

    @Override
    public Integer call() {
        ResendableTopic.refusal(topic).ifPresent(why -> {
            throw new ParameterException(spec.commandLine(), why);
        });
        PrintWriter out = spec.commandLine().getOut();
        LetterFilter filter = new LetterFilter(Optional.ofNullable(reason), Optional.ofNullable(since));
        ResendLetters resend = new ResendLetters(connection(), topic, filter, out::println);
        Map<Fate, Integer> counts = dryRun ? resend.list() : resend.send();
        out.println(counts.getOrDefault(Fate.GOES, 0) + (dryRun ? " would be sent again" : " sent again") + ", "
                + counts.getOrDefault(Fate.WENT_BEFORE, 0) + " were before, "
                + counts.getOrDefault(Fate.IS_NOT_WANTED, 0) + " are not asked for, "
                + counts.getOrDefault(Fate.CANNOT_GO, 0) + " cannot be");
        return 0;
    }

    private Map<String, Object> connection() {
        Map<String, Object> connection = new HashMap<>();
        connection.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, HERE);
        if (commandConfig != null) {
            Properties settings = settings();
            settings.stringPropertyNames().forEach(name -> connection.put(name, settings.getProperty(name)));
        }
        if (bootstrapServers != null) {
            connection.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        }
        return connection;
    }

    private Properties settings() {
        Properties settings = new Properties();
        try (InputStream file = Files.newInputStream(commandConfig)) {
            settings.load(file);
            return settings;
        } catch (NoSuchFileException e) {
            throw unusable("there is no such file");
        } catch (IOException | IllegalArgumentException e) {
            throw unusable(e.getMessage());
        }
    }

    private ParameterException unusable(String why) {
        return new ParameterException(
                spec.commandLine(),
                "--command-config " + commandConfig + " cannot be read: " + why
                        + "; name a properties file with settings of Kafka's clients");
    }
}
