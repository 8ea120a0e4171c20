package io.karyoflow.explain.web;

import static io.restassured.RestAssured.given;

import io.karyoflow.common.database.ModelStore;
import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.common.runtime.TinyModel;
import io.restassured.response.Response;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.sql.DataSource;

/** What the tests over HTTP have in common: a model that serves, an image and a request. */
final class WebScenario {
    static final ModelBundle MODEL = TinyModel.bundle("web");

    /** A PNG of 20 x 16 random pixels. */
    static final byte[] IMAGE = image(20, 16);

    private WebScenario() {}

    static void promote(ModelBundle model, DataSource dataSource, ServedModels<ServedModel> models) {
        new ModelStore(dataSource).save(model);
        models.promote(new ModelPromoted("default", model.id(), model.sha256(), "study", "trial", Instant.now()));
    }

    /** @param query encoded, as after the question mark */
    static Response post(String query, String accept) {
        return given().urlEncodingEnabled(false)
                .contentType("image/png")
                .accept(accept)
                .body(IMAGE)
                .post(query.isEmpty() ? "/explanations" : "/explanations?" + query);
    }

    /** A PNG of random pixels. */
    static byte[] image(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
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
