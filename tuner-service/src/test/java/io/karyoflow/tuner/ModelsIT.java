package io.karyoflow.tuner;

import static io.karyoflow.tuner.study.TestStudy.quality;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.karyoflow.common.database.ModelStore;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.tuner.testing.FastWatch;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What becomes of stored models after their studies. */
@QuarkusTest
@QuarkusTestResource(InfrastructureTestResource.class)
@TestProfile(FastWatch.class)
class ModelsIT extends StudyScenario {
    @Test
    void aModelIsDownloadedAsItIsStored() {
        TrialRequested trial = trained("never");
        String model = trial(trial).getString("modelId");

        Response answer = given().get("/models/" + model + "/bundle");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/zip");
        assertThat(answer.header("content-disposition"))
                .isEqualTo("attachment; filename=\"karyoflow-" + model + ".zip\"");
        ModelBundle bundle = ModelBundle.read(answer.asByteArray());
        assertThat(bundle.id()).isEqualTo(model);
        assertThat(bundle.description().trialId()).isEqualTo(trial.trialId());
        assertThat(answer.header("etag")).isEqualTo("\"" + bundle.sha256() + "\"");

        given().get("/models/none/bundle")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("no model 'none'"));
    }

    @Test
    void aLargeModelIsDownloadedAsItIsStored() {
        ModelBundle bundle = trainer.storeLarge(trained("never"), quality(0.5), 3 << 20);
        String path = "/models/" + bundle.id() + "/bundle";
        String length = String.valueOf(bundle.bytes().length);

        Response answer = given().get(path);
        assertThat(answer.header("content-length")).isEqualTo(length);
        assertThat(answer.asByteArray()).isEqualTo(bundle.bytes());

        given().head(path)
                .then()
                .statusCode(200)
                .header("content-length", length)
                .header("etag", "\"" + bundle.sha256() + "\"");
    }

    @Test
    void aDownloadBreaksOffWhenItsModelIsDeleted() throws IOException {
        ModelBundle bundle = trainer.storeLarge(trained("never"), quality(0.5), 16 << 20);
        try (Socket client = new Socket()) {
            // Given a client that has read next to nothing, and a server that cannot send all of it ahead
            client.setReceiveBufferSize(64 << 10);
            client.setSoTimeout(30_000);
            client.connect(new InetSocketAddress("localhost", RestAssured.port));
            client.getOutputStream()
                    .write(("GET /models/" + bundle.id() + "/bundle HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(client.getInputStream().read()).isEqualTo('H');

            // When
            given().delete("/models/" + bundle.id()).then().statusCode(204);

            // Then
            assertThat(client.getInputStream().readAllBytes().length).isLessThan(bundle.bytes().length);
        }
    }

    @Test
    void ofADeletedModelOnlyTheFilesAreGone() {
        // Given
        TrialRequested trial = trained("always");
        String model = trial(trial).getString("modelId");
        String successor = trial(trained("always")).getString("modelId");
        eventually(this::assertAllAnnounced);

        // When
        given().delete("/models/" + model).then().statusCode(204);

        // Then
        given().get("/models").then().body("id", not(hasItem(model)));
        given().get("/models/" + model).then().statusCode(404);
        given().get("/models/" + model + "/bundle").then().statusCode(404);
        given().post("/models/" + model + "/promotion").then().statusCode(404);
        given().delete("/models/" + model).then().statusCode(404);
        assertThat(new ModelStore(dataSource).find(model)).isEmpty();
        assertThat(dashboard("models", trial.studyId())).isEmpty();

        assertThat(trial(trial).getString("validation.macroF1")).isEqualTo("0.5");
        assertThat(trial(trial).getString("modelId")).isEqualTo(model);
        assertThat(page("/pages/trials/" + trial.trialId()))
                .contains(model, "deleted</span>")
                .doesNotContain("/models/" + model);
        assertThat(page("/pages/studies/" + trial.studyId())).contains(model);
        assertThat(page("/pages/models")).contains(model, "deleted</span>").doesNotContain("/models/" + model);
        given().get("/promotions")
                .then()
                .body("find { it.modelId == '" + model + "' }.modelDeletedAt", notNullValue())
                .body("find { it.modelId == '" + successor + "' }.modelDeletedAt", nullValue());
    }

    @Test
    void aDeletedModelStaysSoWhateverItsTrainerStillSays() {
        TrialRequested trial = trained("never");
        String model = trial(trial).getString("modelId");
        given().delete("/models/" + model).then().statusCode(204);

        trainer.complete(trial, quality(0.5));
        trainer.say(trial.trialId(), new byte[] {1}); // so that what was said before has been heard
        eventually(() -> assertThat(deadLetters.ofKey(trial.trialId())).hasSize(1));

        assertThat(trial(trial).getString("state")).isEqualTo("COMPLETED");
        given().get("/models/" + model).then().statusCode(404);
    }

    @Test
    void aModelThatIsNeededIsNotDeleted() {
        // Given
        String study = createStudy("\"trials\":2,\"concurrency\":2,\"epochs\":1");
        TrialRequested one = taken(study, 1, 1);
        TrialRequested two = taken(study, 2, 1);
        train(one, 0.4);
        String weak = trial(one).getString("modelId");
        refused(weak, "study " + study + ", which model " + weak + " is of, has not ended");

        // When
        train(two, 0.8);
        eventually(() -> assertThat(study(study).getString("state")).isEqualTo("COMPLETED"));

        // Then
        String strong = trial(two).getString("modelId");
        refused(strong, "model " + strong + " is in service; promote another one first");
        given().delete("/models/" + weak).then().statusCode(204);
        given().get("/models/" + strong + "/bundle").then().statusCode(200);
    }

    @Test
    void aModelThatIsBeingDeletedIsNotPromoted() throws Exception {
        String model = trial(trained("never")).getString("modelId");
        AtomicReference<Future<Integer>> promotion = new AtomicReference<>();
        jdbi.useTransaction(deleting -> {
            deleting.execute("UPDATE model SET bundle = NULL, deleted_at = now() WHERE id = ?", model);
            promotion.set(meanwhile(
                    () -> given().post("/models/" + model + "/promotion").statusCode()));
            eventually(this::assertSomebodyWaits);
        });
        assertThat(promotion.get().get()).isEqualTo(404);
        given().get("/promotions").then().body("modelId", not(hasItem(model)));
    }

    @Test
    void aModelThatIsBeingPromotedIsNotDeleted() throws Exception {
        String model = trial(trained("never")).getString("modelId");
        AtomicReference<Future<Integer>> deletion = new AtomicReference<>();
        jdbi.useTransaction(promoting -> {
            promoting.execute("INSERT INTO promotion (role, model_id) VALUES ('default', ?)", model);
            deletion.set(meanwhile(() -> given().delete("/models/" + model).statusCode()));
            eventually(this::assertSomebodyWaits);
        });
        assertThat(deletion.get().get()).isEqualTo(409);
        given().get("/models/" + model + "/bundle").then().statusCode(200);
    }

    private static <T> Future<T> meanwhile(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        new Thread(task).start();
        return task;
    }

    private void assertSomebodyWaits() {
        int waiting = jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM pg_locks WHERE NOT granted")
                .mapTo(Integer.class)
                .one());
        assertThat(waiting).isPositive();
    }

    private void assertAllAnnounced() {
        int unsent =
                jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM promotion WHERE sent_at IS NULL")
                        .mapTo(Integer.class)
                        .one());
        assertThat(unsent).isZero();
    }

    private static void refused(String model, String reason) {
        given().delete("/models/" + model)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString(reason));
    }

    private static String page(String path) {
        return given().get(path)
                .then()
                .statusCode(200)
                .contentType("text/html")
                .extract()
                .asString();
    }
}
