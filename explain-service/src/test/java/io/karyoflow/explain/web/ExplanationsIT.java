package io.karyoflow.explain.web;

import static io.karyoflow.explain.web.WebScenario.IMAGE;
import static io.karyoflow.explain.web.WebScenario.MODEL;
import static io.karyoflow.explain.web.WebScenario.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.karyoflow.common.database.ModelStore;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.common.runtime.TinyModel;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import javax.sql.DataSource;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Explanations over HTTP; an application of its own, as it begins without a model. */
@QuarkusTest
@QuarkusTestResource(value = InfrastructureTestResource.class, restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExplanationsIT {
    @Inject
    DataSource dataSource;

    @Inject
    ServedModels<ServedModel> models;

    @Inject
    AnswersBeingSent answersBeingSent;

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
        assertThat(one.header("karyoflow-model")).isEqualTo(MODEL.id());
        assertThat(post("methods=saliency&target=1-0", "application/x-npy").header("karyoflow-target"))
                .isEqualTo("1-0");
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
    @Order(6)
    void aFormsParametersMayBeInTheQueryToo() {
        promote();
        given().multiPart("image", "nucleus.png", IMAGE, "image/png")
                .multiPart("target", "1")
                .post("/explanations?methods=occlusion")
                .then()
                .statusCode(200)
                .body("explanations.method", contains("occlusion"))
                .body("target.name", equalTo("cancer"));
        problem(
                422,
                given().multiPart("image", "nucleus.png", IMAGE, "image/png").post("/explanations?method=occlusion"),
                "unknown parameter 'method'");
        problem(
                422,
                given().multiPart("image", "nucleus.png", IMAGE, "image/png")
                        .multiPart("methods", "rise")
                        .post("/explanations?methods=occlusion"),
                "methods is given in the query and as a field; give it once");
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
    @Order(7)
    void explainsByAnEarlierModelThatTheRequestNames() {
        promote();
        ModelBundle earlier = TinyModel.bundle("earlier");
        new ModelStore(dataSource).save(earlier);

        Response answer = post("methods=saliency&target=cancer&model=" + earlier.id(), "image/png");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.header("karyoflow-model")).isEqualTo(earlier.id());
        assertThat(answer.header("karyoflow-target")).isEqualTo("1");
        post("methods=saliency", "application/json").then().body("modelId", equalTo(MODEL.id()));
        problem(422, post("methods=saliency&model=lost", "*/*"), "model 'lost' cannot be used");
        problem(422, post("methods=saliency&model=a%00b", "*/*"), "cannot be used");
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
    @Order(8)
    void onlyItsOwnPagesHaveABrowserExplain() {
        promote();
        String own = page.replaceFirst("/$", "");

        assertThat(statusFor(own)).isEqualTo(200);
        assertThat(statusFor("https://elsewhere.example")).isEqualTo(403);
        assertThat(statusFor("null")).as("a page in a sandbox").isEqualTo(403);
    }

    private static int statusFor(String origin) {
        return given().header("Origin", origin)
                .contentType("image/png")
                .body(WebScenario.image(20, 20))
                .post("/explanations?methods=saliency")
                .statusCode();
    }

    @Test
    @Order(8)
    void anAnswerThatIsReadCountsNoMore() {
        promote();

        post("methods=saliency", "application/json").then().statusCode(200);

        await().until(() -> answersBeingSent.bytes() == 0);
    }

    @Test
    @Order(8)
    void anAnswerCountsUntilWhoDoesNotReadItIsGone() throws IOException {
        promote();
        byte[] large = WebScenario.image(1500, 1500); // with answers that fit into no socket's buffers
        URI address = URI.create(page);
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(64 * 1024);
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
            socket.getOutputStream()
                    .write(("POST /explanations?faithfulness=none"
                                    + "&methods=saliency,input_x_gradient,integrated_gradients,smoothgrad,grad_cam"
                                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
                                    + "Accept: application/json\r\nContent-Length: " + large.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(large);
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200");

            assertThat(answersBeingSent.bytes()).isGreaterThan(5 * 1024 * 1024);
        }
        await().until(() -> answersBeingSent.bytes() == 0);
    }

    @Test
    @Order(9)
    void theApiIsDescribed() {
        given().get("/q/openapi")
                .then()
                .statusCode(200)
                .body(containsString("/explanations/methods"))
                .body(containsString("max_sensitivity"))
                .body(containsString("karyoflow-target"))
                .body(containsString("The id of a request that GET /recent lists"));
    }

    private void promote() {
        WebScenario.promote(MODEL, dataSource, models);
    }

    private static double score(String target) {
        return post("methods=saliency&target=" + target, "application/json")
                .jsonPath()
                .getDouble("target.score");
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
}
