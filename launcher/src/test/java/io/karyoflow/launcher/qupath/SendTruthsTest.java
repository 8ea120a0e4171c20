package io.karyoflow.launcher.qupath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.launcher.LocalServer;
import io.karyoflow.launcher.qupath.Nucleus.Point;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script with an ingest of the test's own, which keeps the tables; a whole one takes them in the system's own test. */
class SendTruthsTest {
    private static final String HEADER = "slide,x,y,label,sampled\n";
    private static final Region REVIEWED = new Region(null, "Reviewed", new Rectangle2D.Double(200, 0, 100, 200));

    @TempDir
    Path project;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> tables = new CopyOnWriteArrayList<>();
    private final List<String> labelledPlaces = new CopyOnWriteArrayList<>();
    private final List<String> labels = new CopyOnWriteArrayList<>();

    @Test
    void reviewedRegionsAreSentAsSampledAndWhatAPersonDecidedElsewhereIsNot() throws IOException {
        Nucleus inRegion = labelled(210);
        Nucleus correctedInRegion = labelled(220);
        correctedInRegion.setPathClass("stroma");
        Nucleus ignoredInRegion = labelled(230);
        ignoredInRegion.setPathClass("Ignore*");
        Nucleus withoutClassInRegion = labelled(240);
        withoutClassInRegion.setPathClass(null);
        Nucleus neverLabelledInRegion = new Nucleus("muscle", new Point(250, 100));
        Nucleus corrected = labelled(20);
        corrected.setPathClass("stroma");
        Nucleus confirmed = labelled(30).measuring("reviewed", 1);
        Nucleus guessed = labelled(40);
        Nucleus ignored = labelled(50);
        ignored.setPathClass("Ignore*");
        Nucleus byHand = new Nucleus("muscle", new Point(60, 100));
        OpenImage image = image(
                "slide 7, \"B\"",
                List.of(
                        corrected,
                        inRegion,
                        correctedInRegion,
                        ignoredInRegion,
                        withoutClassInRegion,
                        neverLabelledInRegion,
                        confirmed,
                        guessed,
                        ignored,
                        byHand),
                REVIEWED);

        String printed = send(image, Map.of("def by = ''", "def by = 'Dr. A'"), stored(4));

        assertThat(requests).containsExactly("POST /truths?within=2&by=Dr.+A");
        assertThat(tables)
                .containsExactly(
                        HEADER
                                + """
                        "slide 7, ""B""\",160,50,"muscle",true
                        "slide 7, ""B""\",170,50,"stroma",true
                        "slide 7, ""B""\",-30,50,"stroma",false
                        "slide 7, ""B""\",-20,50,"muscle",false
                        """);
        assertThat(printed)
                .contains(
                        "4 of 5 labelled nuclei of slide 7, \"B\" to send: 2 in reviewed regions, as sampled, and 2"
                                + " corrected or confirmed elsewhere",
                        "4 of 4 truths are stored")
                .doesNotContain("not that of", "no label");
    }

    @Test
    void aRegionThatWasNotChosenBeforehandIsNoSample() throws IOException {
        OpenImage image = image("7.svs", List.of(labelled(210)), REVIEWED);

        String printed = send(image, Map.of("def sampled = true", "def sampled = false"), stored(1));

        assertThat(tables).containsExactly(HEADER + "\"7.svs\",160,50,\"muscle\",false\n");
        assertThat(printed).contains("1 in reviewed regions, not as sampled");
    }

    @Test
    void aTruthHasThePlaceThatWasLabelled() throws IOException {
        Map<String, String> settings =
                Map.of("def size = 100", "def size = 33", "def downsample = 1.0", "def downsample = 1.5");
        OpenImage image = image(
                "7.svs",
                List.of(
                        new Nucleus(null, new Point(210.3, 100.7)),
                        new Nucleus(null, new Point(220.25, 110.75)),
                        new Nucleus(null, new Point(230, 5))),
                REVIEWED);
        run("classify-nuclei.groovy", image("7.svs", image.detections()), settings);

        send(image, settings, stored(3));

        assertThat(tables.get(0).lines().skip(1))
                .hasSize(3)
                .extracting(row -> row.split(",")[1] + "," + row.split(",")[2])
                .containsExactlyInAnyOrderElementsOf(labelledPlaces);
    }

    @Test
    void manyAreSentInPartsAndWhatIsNotStoredIsSaidByNucleus() throws IOException {
        OpenImage image = image("7.svs", List.of(labelled(210), labelled(220), labelled(230)), REVIEWED);

        String printed = send(
                image,
                Map.of("def atOnce = 10_000", "def atOnce = 2"),
                """
                {"rows": 2, "stored": 1, "problemCount": 1, "problems": [
                  {"line": 3, "reason": "line 2 is about the same label, request a, and is nearer to it"}]}""",
                """
                {"rows": 1, "stored": 0, "problemCount": 1, "problems": [
                  {"line": 2, "reason": "no label of slide 7.svs is stored"}]}""");

        assertThat(tables)
                .containsExactly(
                        HEADER + "\"7.svs\",160,50,\"muscle\",true\n\"7.svs\",170,50,\"muscle\",true\n",
                        HEADER + "\"7.svs\",180,50,\"muscle\",true\n");
        assertThat(printed)
                .contains(
                        "1 of 3 truths are stored",
                        "not that of the nucleus at x 220, y 100 (muscle): the nucleus at x 210, y 100 (muscle) is about"
                                + " the same label, request a, and is nearer to it",
                        "not that of the nucleus at x 230, y 100 (muscle): no label of slide 7.svs is stored",
                        "size, downsample and the name of the image must be as they were")
                .doesNotContain("other nuclei");
    }

    @Test
    void ofManyProblemsTheFirstAreSaid() throws IOException {
        List<Nucleus> nuclei =
                IntStream.range(0, 12).mapToObj(i -> labelled(210 + i)).toList();
        String problems = IntStream.range(0, 12)
                .mapToObj(i -> "{\"line\": " + (i + 2) + ", \"reason\": \"no label\"}")
                .collect(Collectors.joining(","));

        String printed = send(
                image("7.svs", nuclei, REVIEWED),
                Map.of(),
                "{\"rows\": 12, \"stored\": 0, \"problemCount\": 12, \"problems\": [" + problems + "]}");

        assertThat(printed)
                .contains("nucleus at x 210, y 100", "nucleus at x 219, y 100", "nor those of 2 other nuclei")
                .doesNotContain("nucleus at x 220");
    }

    @Test
    void whatIngestDoesNotTakeIsAnError() {
        OpenImage image = image("7.svs", List.of(labelled(210), labelled(220)), REVIEWED);

        assertThatThrownBy(() -> send(
                        image,
                        Map.of("def atOnce = 10_000", "def atOnce = 1"),
                        stored(1),
                        "503 {\"detail\": \"2 other tables are being stored\"}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("503 {\"detail\": \"2 other tables are being stored\"}")
                .hasMessageContaining("1 were stored before");
        assertThatThrownBy(() -> send(image, Map.of(), "<html>")).isInstanceOf(IOException.class);
    }

    @Test
    void withoutALookedAtNucleusNothingIsSent() throws IOException {
        assertThat(send(image("7.svs", List.of(labelled(40)), REVIEWED), Map.of()))
                .contains("0 of 1 labelled nuclei", "0 of 0 truths are stored");
        assertThat(requests).isEmpty();
    }

    /**
     * @param answers one for each table
     * @return what the script printed
     */
    private String send(OpenImage image, Map<String, String> settings, String... answers) throws IOException {
        requests.clear();
        tables.clear();
        return run("send-truths.groovy", image, settings, answers);
    }

    private String run(String script, OpenImage image, Map<String, String> settings, String... answers)
            throws IOException {
        try (LocalServer ingest = LocalServer.readingBodies((request, body) -> answer(request, body, answers))) {
            Map<String, String> all = new HashMap<>(settings);
            all.put("def ingest = 'http://localhost:8081'", "def ingest = '" + ingest.uri() + "'");
            return QuPathScript.run(script, all, image);
        }
    }

    private String answer(String request, byte[] body, String... answers) {
        if (request.startsWith("POST /images")) {
            labelledPlaces.add(parameter("x", request) + "," + parameter("y", request));
            labels.add(
                    """
                    {"requestId": "%s", "className": "muscle", "predictedAt": "2026-01-02T03:04:05Z",
                     "probabilities": [{"className": "muscle", "probability": 0.75}]}"""
                            .formatted(parameter("id", request)));
            return "202 {}";
        }
        if (request.startsWith("GET /predictions")) {
            return "[" + String.join(",", labels) + "]";
        }
        requests.add(request);
        tables.add(new String(body, StandardCharsets.UTF_8));
        return answers[tables.size() - 1];
    }

    private static String stored(int rows) {
        return "{\"rows\": %d, \"stored\": %d, \"problemCount\": 0, \"problems\": []}".formatted(rows, rows);
    }

    private OpenImage image(String name, List<Nucleus> nuclei, Region... annotations) {
        BufferedImage slide = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
        return new OpenImage(project, name, slide, nuclei, List.of(annotations));
    }

    private static Nucleus labelled(int x) {
        return new Nucleus("muscle", new Point(x, 100))
                .measuring("p(muscle)", 0.9)
                .measuring("p(stroma)", 0.1);
    }

    private static String parameter(String name, String request) {
        Matcher parameter = Pattern.compile("[?&]" + name + "=([^&]*)").matcher(request);
        parameter.find();
        return parameter.group(1);
    }
}
