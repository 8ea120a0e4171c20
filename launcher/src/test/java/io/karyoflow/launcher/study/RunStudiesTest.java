package io.karyoflow.launcher.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.launcher.LocalServer;
import io.karyoflow.launcher.client.TunerClient;
import io.karyoflow.launcher.progress.JobFailure;
import io.karyoflow.launcher.progress.Parts;
import io.karyoflow.launcher.progress.Patience;
import io.karyoflow.launcher.progress.Progress;
import io.karyoflow.launcher.progress.RushingClock;
import io.karyoflow.launcher.weights.PretrainedNetwork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RunStudiesTest {
    private static final StudyBudget BUDGET = new StudyBudget(1, 1, 5, 7);
    private static final ConvNetStudy CONVNET = new ConvNetStudy(48, true, BUDGET);
    private static final PretrainedStudy PRETRAINED =
            new PretrainedStudy(PretrainedNetwork.MOBILENETV2, Path.of("/w.safetensors"), BUDGET);

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Clock clock = RushingClock.by(Duration.ofMinutes(20));
    private final Progress progress = new Progress(new PrintStream(shown), false, clock);
    private final Patience patience = new Patience(progress, clock, Duration.ofMinutes(10), Path.of("logs"), () -> {});
    /** Which looks more often before it gives up. */
    private final Patience stopping = new Patience(
            progress, RushingClock.by(Duration.ofMinutes(1)), Duration.ofMinutes(10), Path.of("logs"), () -> {});

    private final Parts parts = new Parts(progress, clock);
    private final AtomicInteger started = new AtomicInteger();

    @Test
    void aPretrainedStudyWithoutAModelLeavesTheFirstOneInService() throws IOException {
        StudyResults studies = run(request -> switch (request) {
            case "GET /studies/1" -> study(1, "COMPLETED", "\"t1\"");
            case "GET /studies/1/trials" -> "[" + trial(1, "COMPLETED", null) + "]";
            case "GET /trials/t1" -> trial(1, "COMPLETED", null);
            case "GET /studies/2" -> study(2, "FAILED", null);
            case "GET /studies/2/trials" -> "[" + trial(2, "FAILED", "too little memory") + "]";
            default -> null;
        });

        assertThat(studies.all()).hasSize(1);
        assertThat(studies.inService().best().id()).isEqualTo("t1");
        assertThat(parts.failures()).containsOnlyKeys("pretrainedStudy");
        assertThat(parts.failures().get("pretrainedStudy")).contains("without a model", "too little memory");
        assertThat(parts.seconds()).containsOnlyKeys("study", "pretrainedStudy");
        assertThat(shown.toString()).contains("too little memory");
    }

    @Test
    void aFirstStudyWithoutAModelEndsTheJob() {
        assertThatThrownBy(() -> run(request -> switch (request) {
                    case "GET /studies/1" -> study(1, "FAILED", null);
                    case "GET /studies/1/trials" -> "[" + trial(1, "FAILED", "too little memory") + "]";
                    default -> null;
                }))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("too little memory");
    }

    @Test
    void anEpochMayTakeLongerThanOtherThingsMayStandStill() throws IOException {
        AtomicInteger looks = new AtomicInteger();
        StudyResults studies = run(request -> switch (request) {
            case "GET /studies/1" -> study(1, looks.incrementAndGet() < 4 ? "RUNNING" : "COMPLETED", "\"t1\"");
            case "GET /studies/1/trials" -> "[" + trial(1, "RUNNING", null) + "]";
            case "GET /trials/t1" -> trial(1, "COMPLETED", null);
            default -> null;
        });

        assertThat(studies.inService().best().id()).isEqualTo("t1");
        assertThat(looks).hasValue(4);
    }

    @Test
    void aStudyThatIsGivenUpIsStopped() throws IOException {
        AtomicBoolean stopped = new AtomicBoolean();
        StudyResults studies = runSecond(request -> switch (request) {
            case "POST /studies/2/stop" -> {
                stopped.set(true);
                yield study(2, "STOPPING", null);
            }
            case "GET /studies/2" -> study(2, stopped.get() ? "STOPPED" : "RUNNING", null);
            case "GET /studies/2/trials" -> "[" + trial(2, stopped.get() ? "STOPPED" : "RUNNING", null) + "]";
            default -> null;
        });

        assertThat(stopped).isTrue();
        assertThat(studies.inService().best().id()).isEqualTo("t1");
        assertThat(parts.failures().get("pretrainedStudy")).startsWith("nothing has moved for 180 minutes");
    }

    @Test
    void aTunerThatIsAwayWhenAStudyIsGivenUpIsAskedToStopItAgain() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        StudyResults studies = runSecond(request -> switch (request) {
            case "POST /studies/2/stop" ->
                switch (asked.incrementAndGet()) {
                    case 1 -> "503 {\"detail\": \"try again later\"}";
                    case 2 -> LocalServer.BROKEN_OFF;
                    default -> study(2, "STOPPING", null);
                };
            case "GET /studies/2" -> study(2, asked.get() >= 3 ? "STOPPED" : "RUNNING", null);
            case "GET /studies/2/trials" -> "[" + trial(2, asked.get() >= 3 ? "STOPPED" : "RUNNING", null) + "]";
            default -> null;
        });

        assertThat(asked).hasValue(3);
        assertThat(studies.inService().best().id()).isEqualTo("t1");
        assertThat(parts.failures().get("pretrainedStudy")).startsWith("nothing has moved for 180 minutes");
    }

    @Test
    void whatAStudyPutsIntoServiceAtItsEndCountsThoughItWasGivenUp() throws IOException {
        AtomicBoolean stopped = new AtomicBoolean();
        StudyResults studies = runSecond(request -> switch (request) {
            case "POST /studies/2/stop" -> {
                stopped.set(true);
                yield "409 {\"detail\": \"it has ended\"}";
            }
            case "GET /studies/2" -> stopped.get() ? study(2, "COMPLETED", "\"t2\"") : study(2, "RUNNING", null);
            case "GET /studies/2/trials" -> "[" + trial(2, stopped.get() ? "COMPLETED" : "RUNNING", null) + "]";
            case "GET /trials/t2" -> trial(2, "COMPLETED", null);
            default -> null;
        });

        assertThat(studies.inService().best().id()).isEqualTo("t2");
        assertThat(parts.failures()).isEmpty();
        assertThat(shown.toString()).contains("nothing has moved for 180 minutes");
    }

    @Test
    void ofATunerThatIsGoneTheFirstFailureIsTold() throws IOException {
        AtomicBoolean gone = new AtomicBoolean();
        StudyResults studies = runSecond(request -> switch (request) {
            case "POST /studies/2/stop" -> {
                gone.set(true);
                yield null;
            }
            case "GET /studies/2" -> gone.get() ? null : study(2, "RUNNING", null);
            case "GET /studies/2/trials" -> gone.get() ? null : "[" + trial(2, "RUNNING", null) + "]";
            default -> null;
        });

        assertThat(studies.inService().best().id()).isEqualTo("t1");
        assertThat(parts.failures().get("pretrainedStudy")).startsWith("nothing has moved for 180 minutes");
    }

    /** After a first one that ends well. */
    private StudyResults runSecond(Function<String, String> answers) throws IOException {
        return run(request -> switch (request) {
            case "GET /studies/1" -> study(1, "COMPLETED", "\"t1\"");
            case "GET /studies/1/trials" -> "[" + trial(1, "COMPLETED", null) + "]";
            case "GET /trials/t1" -> trial(1, "COMPLETED", null);
            default -> answers.apply(request);
        });
    }

    @Test
    void aTunerThatCannotAnswerForTheMomentIsAskedAgain() throws IOException {
        Set<String> asked = new HashSet<>();
        StudyResults studies = run(request -> asked.add(request)
                ? "503 {\"detail\": \"try again later\"}"
                : switch (request) {
                    case "GET /studies/1" -> study(1, "COMPLETED", "\"t1\"");
                    case "GET /studies/1/trials" -> "[" + trial(1, "COMPLETED", null) + "]";
                    case "GET /trials/t1" -> trial(1, "COMPLETED", null);
                    default -> null;
                });

        assertThat(studies.inService().best().id()).isEqualTo("t1");
        assertThat(asked).contains("GET /studies/1", "GET /studies/1/trials", "GET /trials/t1");
    }

    private StudyResults run(Function<String, String> answers) throws IOException {
        try (LocalServer tuner = new LocalServer(request -> request.equals("POST /studies")
                ? study(started.incrementAndGet(), "RUNNING", null)
                : answers.apply(request))) {
            return new RunStudies(new TunerClient(tuner.uri()), patience, stopping, parts)
                    .run("d1", false, CONVNET, Optional.of(PRETRAINED));
        }
    }

    private static String study(int number, String state, String bestTrial) {
        return "{\"id\": \"" + number + "\", \"state\": \"" + state + "\", \"bestTrialId\": " + bestTrial
                + ", \"promotedModelId\": " + bestTrial + "}";
    }

    private static String trial(int number, String state, String failure) {
        return "{\"id\": \"t" + number + "\", \"number\": " + number + ", \"state\": \"" + state
                + "\", \"attempt\": 1, \"epochs\": 5, \"failure\": " + (failure == null ? null : '"' + failure + '"')
                + "}";
    }
}
