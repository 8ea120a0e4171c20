package io.karyoflow.launcher;

import io.karyoflow.launcher.progress.JobFailure;
import io.karyoflow.launcher.resend.Fate;
import io.karyoflow.launcher.resend.LetterFilter;
import io.karyoflow.launcher.resend.ResendLetters;
import io.karyoflow.launcher.resend.ResendableTopic;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
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
    @Parameters(paramLabel = "TOPIC", description = "prediction-requests or explanation-requests")
    private String topic;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            defaultValue = "localhost:9092",
            description = "where Kafka is (${DEFAULT-VALUE})")
    private String bootstrapServers;

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
        Logger.getLogger("").setLevel(Level.WARNING);
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new ResendDeadLetters()).setExecutionExceptionHandler((e, command, parsed) -> {
            if (e instanceof KafkaException) {
                String cause = e.getCause() == null ? "" : ": " + e.getCause().getMessage();
                command.getErr()
                        .println("resend-dead-letters: Kafka: " + e.getMessage() + cause
                                + "; run it again: what was sent is not sent twice");
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
        ResendLetters resend = new ResendLetters(bootstrapServers, topic, filter, out::println);
        Map<Fate, Integer> counts = dryRun ? resend.list() : resend.send();
        out.println(counts.getOrDefault(Fate.GOES, 0) + (dryRun ? " would be sent again" : " sent again") + ", "
                + counts.getOrDefault(Fate.WENT_BEFORE, 0) + " were before, "
                + counts.getOrDefault(Fate.IS_NOT_WANTED, 0) + " are not asked for, "
                + counts.getOrDefault(Fate.CANNOT_GO, 0) + " cannot be");
        return 0;
    }
}
