package io.karyoflow.explain.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.karyoflow.common.database.ModelStore;
import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.common.runtime.TinyModel;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.explain.recent.RecentRequest;
import io.karyoflow.explain.recent.RecentRequests;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import javax.sql.DataSource;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Explanations over HTTP, and the page in a real browser; an application of its own, as it begins without a model. */
@QuarkusTest
@QuarkusTestResource(value = InfrastructureTestResource.class, restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExplanationsIT {
    private static final ModelBundle MODEL = TinyModel.bundle("web");
    private static final byte[] IMAGE = image();

    @Inject
    DataSource dataSource;

    @Inject
    ServedModels models;

    @Inject
    RecentRequests recent;

    @TestHTTPResource("/")
    String page;

    @Test
    @Order(1)
    void beforeTheFirstModelRequestsAreToldWhenToComeAgain() {
        post("", "application/json")
                .then()
                .statusCode(503)
                .header("Retry-After", "10")
                .contentType("application/problem+json")
                .body("detail", containsString("no model serves yet"));
        given().get("/explanations/model").then().statusCode(503);
        promote();
        given().get("/explanations/model")
                .then()
                .statusCode(200)
                .body("modelId", equalTo(MODEL.id()))
                .body("classes", equalTo(TinyModel.CLASSES));
    }

    @Test
    @Order(2)
    void answersWithEveryMethodsMapPictureAndFaithfulness() {
        promote();
        String methods =
                String.join(",", given().get("/explanations/methods").jsonPath().<String>getList("name"));

        JsonPath answer = post("methods=" + methods + "&filename=a.png", "application/json")
                .then()
                .statusCode(200)
                .body("failures", empty())
                .body("explanations", hasSize(9))
                .body("explanations.shape", everyItem(contains(TinyModel.SIDE, TinyModel.SIDE)))
                .body("explanations.faithfulness", everyItem(notNullValue()))
                .body("filename", equalTo("a.png"))
                .body("modelId", equalTo(MODEL.id()))
                .body("panelPng", nullValue())
                .extract()
                .jsonPath();

        assertThat(answer.<Float>getList("probabilities.probability").stream()
                        .mapToDouble(Float::doubleValue)
                        .sum())
                .isBetween(0.999, 1.001);
        assertThat(answer.getString("target.name")).isEqualTo(answer.getString("predicted.className"));
        assertThat(floats(answer.getString("explanations[0].map"))).hasSize(TinyModel.SIDE * TinyModel.SIDE);
        answer.<String>getList("explanations.overlayPng").forEach(png -> assertThat(
                        decoded(Base64.getDecoder().decode(png)).getWidth())
                .isEqualTo(20));
    }

    @Test
    @Order(3)
    void explainsTheTargetAskedFor() {
        promote();
        double of1 = score("1");
        double of0 = score("normal");

        post("methods=saliency&target=1-0", "application/json")
                .then()
                .statusCode(200)
                .body("target.name", equalTo("cancer rather than normal"));
        assertThat(score("cancer-normal")).isCloseTo(of1 - of0, within(1e-4));
    }

    @Test
    @Order(4)
    void drawsAPanel() {
        promote();
        byte[] png = post("methods=saliency,occlusion", "image/png")
                .then()
                .statusCode(200)
                .contentType("image/png")
                .extract()
                .asByteArray();

        assertThat(decoded(png).getWidth()).isGreaterThan(1000);
    }

    @Test
    @Order(5)
    void writesOneMapAsNpyAndSeveralAsNpz() throws IOException {
        promote();
        Response one = post("methods=saliency&channels=all", "application/x-npy");
        assertThat(one.statusCode()).isEqualTo(200);
        assertThat(one.header("Content-Disposition")).isEqualTo("attachment; filename=\"saliency.npy\"");
        assertThat(new String(one.asByteArray(), StandardCharsets.ISO_8859_1)).contains("'shape': (8, 8, 3,)");
        float[] summed =
                floats(post("methods=saliency", "application/json").jsonPath().getString("explanations[0].map"));
        byte[] npy = post("methods=saliency", "application/octet-stream").asByteArray();
        float[] values = new float[summed.length];
        ByteBuffer.wrap(npy, npy.length - 4 * values.length, 4 * values.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        assertThat(values).containsExactly(summed);

        byte[] npz = post("methods=saliency,rise", "application/x-npy").asByteArray();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(npz))) {
            assertThat(zip.getNextEntry().getName()).isEqualTo("saliency.npy");
            assertThat(zip.getNextEntry().getName()).isEqualTo("rise.npy");
        }
    }

    @Test
    @Order(6)
    void takesForms() {
        promote();
        given().multiPart("image", "nucleus.png", IMAGE, "image/png")
                .multiPart("methods", "occlusion")
                .multiPart("options", "{\"occlusion\":{\"sliding_window_shapes\":[3,2,2],\"strides\":[3,2,2]}}")
                .multiPart("panel", "true")
                .post("/explanations")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("filename", equalTo("nucleus.png"))
                .body("explanations[0].parameters.strides", contains(3, 2, 2))
                .body("panelPng", notNullValue());
        given().accept("image/png")
                .multiPart("image", "nucleus.png", IMAGE, "image/png")
                .post("/explanations")
                .then()
                .statusCode(200)
                .contentType("image/png");
        given().multiPart("methods", "occlusion")
                .post("/explanations")
                .then()
                .statusCode(422)
                .body("detail", containsString("curl -F image=@nucleus.png"));
        given().multiPart("file", "nucleus.png", IMAGE, "image/png")
                .post("/explanations")
                .then()
                .statusCode(422)
                .body("detail", equalTo("field 'file' has a file; the image's field is 'image'"));
    }

    @Test
    @Order(7)
    void scalesSeveralImagesAlike() {
        promote();
        float scale = post("methods=saliency", "application/json").jsonPath().getFloat("explanations[0].scale");

        post("methods=saliency&scale=" + 2 * scale, "application/json")
                .then()
                .body("explanations[0].scale.toDouble()", closeTo(2 * scale, 1e-6));
    }

    @Test
    @Order(8)
    void saysWhatToDoAboutMistakes() {
        promote();
        problem(422, post("methods=magic", "*/*"), "unknown method 'magic'; known are saliency");
        problem(422, post("method=saliency", "*/*"), "unknown parameter 'method'; known are methods");
        problem(422, post("methods=saliency&target=9", "*/*"), "unknown target '9'");
        problem(
                422,
                post("methods=rise&options=%7B%22rise%22%3A%7B%22masks%22%3A3%7D%7D", "image/png"),
                "rise: unknown option masks of rise; known are n_masks");
        problem(
                422,
                given().contentType("image/png").body("no image".getBytes()).post("/explanations"),
                "not an image in a known format");
        problem(
                413,
                given().contentType("image/png")
                        .body(new byte[16 * 1024 * 1024 + 1])
                        .post("/explanations"),
                "karyoflow.web.max-image-bytes");
        post("", "text/csv").then().statusCode(406);
        given().contentType("text/plain").body("x").post("/explanations").then().statusCode(415);
    }

    @Test
    @Order(8)
    void aRequestBeyondTheLimitIsToldSoBeforeItIsSent() throws IOException {
        URI address = URI.create(page);
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write(("POST /explanations HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
                                    + "Content-Length: 70000000\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 413")
                    .contains("application/problem+json")
                    .contains("the request has more than 64 MB");
        }
    }

    @Test
    @Order(9)
    void recentRequestsCanBeExplainedAgain() {
        promote();
        recent.add(new RecentRequest("r 1", "r1.png", IMAGE, null, "cancer", 0.75, MODEL.id(), Instant.now()));

        given().get("/recent")
                .then()
                .statusCode(200)
                .body("id", hasItems("r 1"))
                .body("image", everyItem(nullValue()));
        given().get("/recent/r 1/image").then().statusCode(200).contentType("image/png");
        given().get("/recent/r2/image").then().statusCode(404).contentType("application/problem+json");
        given().multiPart("recent", "r 1")
                .multiPart("methods", "saliency")
                .post("/explanations")
                .then()
                .statusCode(200)
                .body("filename", equalTo("r1.png"));
    }

    @Test
    @Order(9)
    void aRecentRequestIsSeenByTheColoursThatItsLabelWasMadeBy() {
        ModelBundle ofSlides = TinyModel.bundleOfSlides("web");
        promote(ofSlides);
        ColourStatistics colours = new ColourStatistics(new float[] {0.1f, 0.9f, 0.4f}, new float[] {0.3f, 0.2f, 0.1f});
        recent.add(new RecentRequest("r 3", null, IMAGE, colours, "cancer", 0.75, ofSlides.id(), Instant.now()));

        List<Float> again = probabilities(given().multiPart("recent", "r 3")
                .multiPart("methods", "saliency")
                .post("/explanations"));

        assertThat(again)
                .isEqualTo(probabilities(post("methods=saliency&colours=" + colours.format(), "application/json")));
        assertThat(again).isNotEqualTo(probabilities(post("methods=saliency", "application/json")));
    }

    private static List<Float> probabilities(Response response) {
        return response.then().statusCode(200).extract().jsonPath().getList("probabilities.probability");
    }

    @Test
    @Order(10)
    void theApiIsDescribed() {
        given().get("/q/openapi")
                .then()
                .statusCode(200)
                .body(containsString("/explanations/methods"))
                .body(containsString("max_sensitivity"))
                .body(containsString("The id of a request that GET /recent lists"));
    }

    @Test
    @Order(11)
    void thePageExplainsAnImageInARealBrowser(@TempDir Path folder) throws Exception {
        promote();
        assumeThat(Chromium.installed())
                .as("Chromium or Chrome is on the path; without it the page is not tested")
                .isPresent();
        Path file = Files.write(folder.resolve("nucleus.png"), IMAGE);
        Path profile = Files.createDirectory(folder.resolve("profile"));
        recent.add(new RecentRequest("r2", "<b>r2</b>.png", IMAGE, null, "cancer", 0.75, MODEL.id(), Instant.now()));
        try (Chromium browser = new Chromium(Chromium.installed().orElseThrow(), profile, 1500, 1200)) {
            browser.open(page);
            browser.waitFor("document.querySelectorAll('[name=method]').length === 9");
            browser.waitFor("document.querySelectorAll('#recent-list img').length > 0");
            browser.waitFor("document.getElementById('model').textContent.includes('" + MODEL.id() + "')");

            // When nothing is chosen
            browser.evaluate("document.getElementById('explain').click()");
            browser.waitFor("document.getElementById('problem').textContent === 'Choose an image first.'");

            // When a file is chosen and an option set
            browser.chooseFile("#image", file);
            browser.waitFor("document.getElementById('chosen').textContent === 'nucleus.png'");
            browser.evaluate("document.getElementById('smoothgrad.nt_samples').value = '3'");
            browser.evaluate("document.getElementById('explain').focus()");
            browser.press("Enter");
            browser.waitFor("!document.getElementById('result').hidden");
            assertThat(browser.evaluate("document.getElementById('panel').decode().then(() => panel.naturalWidth)")
                            .asInt())
                    .isGreaterThan(1000);
            assertThat(browser.evaluate("document.querySelectorAll('#probabilities tr').length")
                            .asInt())
                    .isEqualTo(4);
            assertThat(browser.evaluate("document.getElementById('scores').innerText")
                            .asText())
                    .contains("Saliency", "SmoothGrad", "Occlusion");
            assertThat(browser.evaluate("document.getElementById('shell').textContent")
                            .asText())
                    .contains("{\"smoothgrad\":{\"nt_samples\":3}}");

            // When a recent request is picked, and an option is not allowed
            browser.evaluate("document.querySelector('#recent-list button').click()");
            assertThat(browser.evaluate("document.getElementById('chosen').textContent")
                            .asText())
                    .startsWith("<b>r2</b>.png: cancer");
            browser.evaluate("document.getElementById('smoothgrad.nt_samples').value = 'many'");
            browser.evaluate("document.getElementById('explain').click()");
            browser.waitFor("document.getElementById('problem').textContent.includes('nt_samples must be an integer')");
            browser.evaluate("document.getElementById('smoothgrad.nt_samples').value = ''");
            browser.evaluate("document.getElementById('explain').click()");
            browser.waitFor("document.getElementById('shell').textContent.includes('recent=r2')");
            Files.write(Path.of("target", "explain-page.png"), browser.screenshot());
        }
    }

    private void promote() {
        promote(MODEL);
    }

    private void promote(ModelBundle model) {
        new ModelStore(dataSource).save(model);
        models.promote(new ModelPromoted("default", model.id(), model.sha256(), "study", "trial", Instant.now()));
    }

    private static double score(String target) {
        return post("methods=saliency&target=" + target, "application/json")
                .jsonPath()
                .getDouble("target.score");
    }

    private static Response post(String query, String accept) {
        return given().urlEncodingEnabled(false)
                .contentType("image/png")
                .accept(accept)
                .body(IMAGE)
                .post(query.isEmpty() ? "/explanations" : "/explanations?" + query);
    }

    private static void problem(int status, Response response, String detail) {
        response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("detail", containsString(detail));
    }

    private static float[] floats(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        float[] values = new float[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    private static BufferedImage decoded(byte[] png) {
        try {
            return ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] image() {
        BufferedImage image = new BufferedImage(20, 16, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 20; x++) {
                image.setRGB(x, y, random.nextInt(0x1000000));
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return png.toByteArray();
    }
}
