package io.karyoflow.launcher.qupath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.dataset.LabelRow;
import io.karyoflow.common.dataset.LabelTable;
import io.karyoflow.launcher.LocalServer;
import io.karyoflow.launcher.qupath.Nucleus.Point;
import java.awt.geom.Rectangle2D;
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

/** The script with an ingest of the test's own; what it does with a whole system is in the system's own test. */
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

    @Test
    void whatAPersonDidStays() throws IOException {
        Nucleus unclassified = new Nucleus(null, new Point(10, 100));
        Nucleus labelledBefore = labelledBefore(20);
        Nucleus byHand = new Nucleus("stroma", new Point(30, 100));
        Nucleus corrected = labelledBefore(40);
        corrected.setPathClass("stroma");
        Nucleus confirmed = labelledBefore(50).measuring("reviewed", 1);
        Nucleus inReviewedArea = labelledBefore(210);
        OpenImage image = image(
                List.of(unclassified, labelledBefore, byHand, corrected, confirmed, inReviewedArea),
                List.of(new Region(null, "Reviewed", new Rectangle2D.Double(200, 0, 100, 200))));

        String printed = classify(image, this::labelAtOnce);

        assertThat(asked).hasSize(2);
        assertThat(image.detections())
                .extracting(Nucleus::getPathClass)
                .containsExactly("muscle", "muscle", "stroma", "stroma", "nerve", "nerve");
        assertThat(corrected.measurements()).as("of the model that was wrong").containsEntry("p(nerve)", 0.9);
        assertThat(printed).contains("2 nuclei to label, 4 stay as a person left them");
    }

    @Test
    void whatAPersonDoesInTheMeantimeStays() throws IOException {
        List<Nucleus> nuclei = nuclei(2);

        classify(nuclei, request -> {
            if (request.startsWith("GET")) {
                nuclei.get(0).setPathClass("stroma");
            }
            return labelAtOnce(request);
        });

        assertThat(nuclei).extracting(Nucleus::getPathClass).containsExactly("stroma", "muscle");
        assertThat(nuclei.get(0).measurements()).isEmpty();
    }

    @Test
    void nothingIsLeftOfAnEarlierModelWithOtherClasses() throws IOException {
        Nucleus nucleus = labelledBefore(100).measuring("next", 1).measuring("Area", 30);

        classify(List.of(nucleus), this::labelAtOnce);

        assertThat(nucleus.getPathClass()).isEqualTo("muscle");
        assertThat(nucleus.measurements())
                .containsOnly(Map.entry("Area", 30.0), Map.entry("p(muscle)", 0.75), Map.entry("margin", 0.75));
        assertThat(nucleus.sharesNames()).isTrue();
    }

    @Test
    void theMarginIsByHowMuchTheLargestProbabilityExceedsTheSecond() throws IOException {
        List<Nucleus> nuclei = nuclei(1);

        classify(
                nuclei,
                request -> request.startsWith("POST")
                        ? labelAtOnce(request)
                        : """
                [{"requestId": "%s", "className": "nerve", "predictedAt": "%s", "probabilities": [
                  {"className": "muscle", "probability": 0.25}, {"className": "nerve", "probability": 0.625},
                  {"className": "stroma", "probability": 0.125}]}]"""
                                .formatted(asked.get(0), NOW));

        assertThat(nuclei.get(0).measurements()).containsEntry("margin", 0.375);
    }

    @Test
    void whatAPersonDecidedIsExportedAndOutlivesTheNextModel() throws Exception {
        // Given three labelled nuclei that are listed, of which one is corrected and the others are confirmed, and a
        // fourth
        Nucleus corrected = new Nucleus(null, new Point(10, 10));
        Nucleus right = new Nucleus(null, new Point(150, 10));
        Nucleus alsoRight = new Nucleus(null, new Point(290, 10));
        Nucleus closeToIt = new Nucleus(null, new Point(300, 10));
        OpenImage image = image(List.of(corrected, right, alsoRight, closeToIt), List.of());
        classify(image, this::labelAtOnce);
        QuPathScript.run("next-nuclei.groovy", Map.of(), image);
        assertThat(image.selected()).containsExactly(corrected, right, alsoRight);
        corrected.setPathClass("stroma");
        QuPathScript.run("confirm-nuclei.groovy", Map.of(), image);

        // When they are exported, and all are classified again
        QuPathScript.run("export-training-set.groovy", Map.of(), image);
        image.selected().clear();
        asked.clear();
        classify(image, this::labelAtOnce);

        // Then the data set has those three, only the fourth is asked for, and nothing but it is left to look at
        assertThat(LabelTable.read(project.resolve("karyoflow/train.csv")))
                .extracting(LabelRow::label)
                .containsExactly("stroma", "muscle", "muscle");
        assertThat(asked).hasSize(1);
        assertThat(corrected.getPathClass()).isEqualTo("stroma");
        QuPathScript.run("next-nuclei.groovy", Map.of(), image);
        assertThat(image.selected()).containsExactly(closeToIt);
    }

    /** @return what the script printed */
    private String classify(List<Nucleus> nuclei, Function<String, String> answers) throws IOException {
        return classify(image(nuclei, List.of()), answers);
    }

    private static String classify(OpenImage image, Function<String, String> answers) throws IOException {
        try (LocalServer ingest = new LocalServer(answers)) {
            return QuPathScript.run(
                    "classify-nuclei.groovy",
                    Map.of("def ingest = 'http://localhost:8081'", "def ingest = '" + ingest.uri() + "'"),
                    image);
        }
    }

    private OpenImage image(List<Nucleus> nuclei, List<Region> annotations) {
        BufferedImage slide = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
        return new OpenImage(project, "7.svs", slide, nuclei, annotations);
    }

    /** By a model that had other classes. */
    private static Nucleus labelledBefore(int x) {
        return new Nucleus("nerve", new Point(x, 100))
                .measuring("p(nerve)", 0.9)
                .measuring("p(stroma)", 0.1);
    }

    private String labelAtOnce(String request) {
        if (request.startsWith("GET")) {
            return found(request);
        }
        labels.add(new Label(take(request), NOW));
        return "202 {}";
    }

    private static List<Nucleus> nuclei(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Nucleus(null, new Point(5 * i, 100)))
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
