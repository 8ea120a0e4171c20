package io.karyoflow.explain.web;

import static io.karyoflow.explain.web.WebScenario.IMAGE;
import static io.karyoflow.explain.web.WebScenario.MODEL;
import static io.karyoflow.explain.web.WebScenario.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
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
import io.karyoflow.common.model.ImageSizes;
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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Explanations over HTTP. */
@QuarkusTest
@QuarkusTestResource(InfrastructureTestResource.class)
class ExplanationsIT {
    @Inject
    DataSource dataSource;

    @Inject
    ServedModels<ServedModel> models;

    @TestHTTPResource
    String page;

    @Test
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
    void scalesSeveralImagesAlike() {
        promote();
        float scale = post("methods=saliency", "application/json").jsonPath().getFloat("explanations[0].scale");

        post("methods=saliency&scale=" + 2 * scale, "application/json")
                .then()
                .body("explanations[0].scale.toDouble()", closeTo(2 * scale, 1e-6));
    }

    @Test
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
    void saysInEveryFormThatAnImageIsOfAnotherSizeThanTheModelLearnedFrom() {
        promote();
        ModelBundle ofLargeImages = TinyModel.bundleOfSizes("large", new ImageSizes(100, 100, 100, 100));
        new ModelStore(dataSource).save(ofLargeImages);
        String query = "methods=saliency&model=" + ofLargeImages.id();

        post(query, "application/json").then().statusCode(200).body("warning", containsString("20 x 16 pixels"));
        for (String form : new String[] {"image/png", "application/x-npy"}) {
            assertThat(post(query, form).header("karyoflow-warning")).contains("20 x 16 pixels");
        }
        Response usual = post("methods=saliency", "application/json");
        assertThat(usual.jsonPath().getString("warning")).isNull();
        assertThat(usual.header("karyoflow-warning")).isNull();
    }

    @Test
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
    void noOtherSiteShowsThePageWithinItsOwn() {
        given().get("/").then().statusCode(200).header("Content-Security-Policy", equalTo("frame-ancestors 'self'"));
    }

    @Test
    void aPageOfAnEarlierVersionIsNotTakenFromABrowsersCache() {
        for (String path : new String[] {"/", "/pages/explain.js"}) {
            given().get(path).then().statusCode(200).header("Cache-Control", containsString("max-age=0"));
        }
    }

    @Test
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
