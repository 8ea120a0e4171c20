package io.karyoflow.launcher.qupath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.launcher.LocalServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script against an ingest that is not well; what it does with a whole system is in the system's own test. */
class ClassifyNucleiTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path project;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Label> labels = new CopyOnWriteArrayList<>();

    private record Label(String requestId, Instant predictedAt, String warning) {
        Label(String requestId, Instant predictedAt) {
            this(requestId, predictedAt, null);
        }

        String json() {
            return """
                    {"requestId": "%s", "className": "muscle", "predictedAt": "%s",%s
                     "probabilities": [{"className": "muscle", "probability": 0.75}]}"""
                    .formatted(requestId, predictedAt, warning == null ? "" : " \"warning\": \"" + warning + "\",");
        }
    }

    @Test
    void oneNucleusThatIsNotTakenForAMomentDoesNotLoseTheOthers() throws IOException {
        List<Nucleus> nuclei =
                nuclei(40); // more than are under way at a time, so that the last is asked for after others
        AtomicInteger lastAsked = new AtomicInteger();

        classify(nuclei, request -> {
            if (request.startsWith("GET")) {
                return found(request);
            }
            if (asked.size() == 39 && lastAsked.incrementAndGet() == 1) {
                return "503 {\"detail\": \"Kafka did not acknowledge\"}";
            }
            labels.add(new Label(take(request), NOW));
            return "202 {}";
        });

        assertThat(lastAsked).hasValue(2);
        assertThat(asked).hasSize(40);
        assertThat(nuclei).extracting(Nucleus::getPathClass).containsOnly("muscle");
    }

    @Test
    void thatNobodyTakesNucleiIsSaidAtOnce() {
        assertThatThrownBy(() -> classify(nuclei(40), request -> {
                    asked.add(request);
                    return "503 {\"detail\": \"Kafka did not acknowledge\"}";
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Kafka did not acknowledge");
        assertThat(asked).as("those under way").hasSizeLessThanOrEqualTo(16);
    }

    @Test
    void clocksThatDifferHideNoLabel() throws IOException {
        labels.add(new Label("of an earlier run", NOW.plusSeconds(1_000_000)));
        List<Nucleus> nuclei = nuclei(3);
        List<Instant> times = List.of(NOW, NOW.plusSeconds(1), NOW.minusSeconds(1_000));

        String printed = classify(nuclei, request -> {
            if (request.startsWith("POST")) {
                take(request);
                return "202 {}";
            }
            int next = labels.size() - 1;
            if (next < asked.size()) {
                labels.add(new Label(asked.get(next), times.get(next)));
            }
            return found(request);
        });

        assertThat(nuclei).extracting(Nucleus::getPathClass).containsOnly("muscle");
        assertThat(nuclei)
                .allSatisfy(nucleus -> assertThat(nucleus.measurements()).containsEntry("p(muscle)", 0.75));
        assertThat(printed).doesNotContain("CAREFUL");
    }

    @Test
    void labelsThatMayBeWrongAreSaidToBe() throws IOException {
        AtomicInteger taken = new AtomicInteger();
        List<Nucleus> nuclei = nuclei(3);

        String printed = classify(nuclei, request -> {
            if (request.startsWith("GET")) {
                return found(request);
            }
            labels.add(new Label(take(request), NOW, taken.incrementAndGet() < 3 ? "the image is small" : null));
            return "202 {}";
        });

        assertThat(nuclei).extracting(Nucleus::getPathClass).containsOnly("muscle");
        assertThat(printed)
                .contains("3 of 3 nuclei labelled")
                .containsOnlyOnce("CAREFUL")
                .contains("CAREFUL: 2 of 3 labels may be wrong: the image is small. Are size and downsample");
    }

    /** @return what the script printed */
    private String classify(List<Nucleus> nuclei, Function<String, String> answers) throws IOException {
        BufferedImage slide = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
        try (LocalServer ingest = new LocalServer(answers)) {
            return QuPathScript.run(
                    "classify-nuclei.groovy",
                    Map.of("def ingest = 'http://localhost:8081'", "def ingest = '" + ingest.uri() + "'"),
                    new OpenImage(project, "7.svs", slide, nuclei, List.of()));
        }
    }

    private static List<Nucleus> nuclei(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Nucleus(null, new Nucleus.Point(5 * i, 100)))
                .toList();
    }

    private String take(String request) {
        String id = parameter("id", request);
        asked.add(id);
        return id;
    }

    /** The labels since the time that is asked for. */
    private String found(String request) {
        String from = parameter("from", request);
        Instant since = from == null ? Instant.MIN : Instant.parse(from);
        return labels.stream()
                .filter(label -> !label.predictedAt().isBefore(since))
                .map(Label::json)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String parameter(String name, String request) {
        Matcher parameter = Pattern.compile("[?&]" + name + "=([^&]*)").matcher(request);
        return parameter.find() ? URLDecoder.decode(parameter.group(1), StandardCharsets.UTF_8) : null;
    }
}
