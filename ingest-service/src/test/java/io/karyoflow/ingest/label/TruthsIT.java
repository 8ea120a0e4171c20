package io.karyoflow.ingest.label;

import static io.karyoflow.ingest.label.PublishedPredictions.record;
import static io.karyoflow.ingest.label.TestLabels.PREDICTED;
import static io.karyoflow.ingest.label.TestLabels.ofImage;
import static io.karyoflow.ingest.label.TestLabels.ofModel;
import static io.karyoflow.ingest.label.TestLabels.ofMuscleOrFat;
import static io.karyoflow.ingest.label.TestLabels.prediction;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.agroal.api.AgroalDataSource;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.ingest.IngestProfile;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** What people say of labelled nuclei: what is stored of it, what becomes of it, and what the view makes of it. */
@QuarkusTest
@TestProfile(IngestProfile.class)
@QuarkusTestResource(InfrastructureTestResource.class)
class TruthsIT extends LabelScenario {
    @Inject
    AgroalDataSource database;

    @Test
    void truthsAreStoredByRequestAndTheOthersReportedByLine() {
        String a = id("a");
        String b = id("b");
        topic.commit(
                record(prediction(a, slide, 1L, 2L, 0, PREDICTED)),
                record(prediction(b, slide, null, null, 1, PREDICTED)));
        awaitStored(2);

        post(
                        given().queryParam("by", "Dr. A"),
                        "requestId,label,sampled\n" + a + ",cancer,true\n" + b + ",muscle,perhaps\n" + b
                                + ",Muscle,\nnobody's,muscle,\n" + b + ",muscle,\n")
                .statusCode(200)
                .body("rows", is(5))
                .body("stored", is(2))
                .body("problemCount", is(3))
                .body("problems.line", contains(3, 4, 5))
                .body(
                        "problems.reason",
                        contains(
                                startsWith("sampled is 'perhaps'"),
                                endsWith("knows muscle, cancer"),
                                is("no label of request nobody's is stored")));
        assertThat(truths()).containsExactly(a + " cancer true Dr. A", b + " muscle false Dr. A");
    }

    @Test
    void theLaterTruthCountsAndWhatWasSampledStaysSo() {
        String a = id("a");
        String b = id("b");
        topic.commit(
                record(prediction(a, slide, 1L, 2L, 0, PREDICTED)), record(prediction(b, slide, 3L, 4L, 0, PREDICTED)));
        awaitStored(2);

        post(
                        given().queryParam("by", "Dr. A"),
                        "requestId,label,sampled\n" + a + ",muscle,true\n" + b + ",muscle,false\n")
                .body("stored", is(2));
        post(
                        given().queryParam("by", "Dr. B"),
                        "requestId,label,sampled\n" + a + ",cancer,false\n" + b + ",muscle,true\n")
                .body("stored", is(2));

        assertThat(truths()).containsExactly(a + " cancer true Dr. B", b + " muscle true Dr. B");
    }

    @Test
    void truthsAreStoredByPlace() {
        String a = id("a");
        String b = id("b");
        topic.commit(
                record(prediction(a, slide, 100L, 100L, 0, PREDICTED)),
                record(prediction(b, slide, 160L, 100L, 0, PREDICTED)),
                record(prediction(id("c"), slide, null, null, 0, PREDICTED)),
                record(prediction(id("before a"), slide, 100L, 100L, 0, PREDICTED.minusSeconds(1))),
                record(prediction(id("d"), "another " + slide, 101L, 101L, 0, PREDICTED)));
        awaitStored(4);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> label(id("d")).statusCode(200));

        post(
                        given().queryParam("within", "20"),
                        "slide,x,y,label\n" + named(101, 101) + named(145, 109) + named(130, 100))
                .statusCode(200)
                .body("stored", is(2))
                .body("problems.line", contains(4))
                .body("problems[0].reason", containsString("within 20 pixels"));
        assertThat(truths()).containsExactly(a + " cancer false null", b + " cancer false null");
    }

    @Test
    void allOfALargeTableIsStored() {
        topic.commit(IntStream.range(0, 3000)
                .mapToObj(i -> record(prediction(id("of-many-" + i), slide, 100L * i, 7L, 0, PREDICTED.plusMillis(i))))
                .toList());
        awaitStored(3000);

        String rows =
                IntStream.range(0, 3000).mapToObj(i -> named(100 * i + 3, 7)).collect(Collectors.joining());
        post(given().queryParam("within", "40"), "slide,x,y,label\n" + rows)
                .statusCode(200)
                .body("stored", is(3000))
                .body("problems", empty());
        assertThat(truths()).hasSize(3000);
    }

    @Test
    void aTruthBelongsToTheRequestWhicheverModelLabelsIt() {
        String a = id("a");
        String old = id("old");
        String young = id("young");
        topic.commit(
                record(ofModel(old, a, slide, 0, 0.75, PREDICTED)),
                record(ofModel(old, id("b"), slide, 0, 0.75, PREDICTED)),
                record(ofModel(old, id("c"), slide, 0, 0.75, PREDICTED)));
        awaitStored(3);
        post(
                        given(),
                        "requestId,label,sampled\n" + a + ",cancer,true\n" + id("b") + ",muscle,true\n" + id("c")
                                + ",cancer,false\n")
                .body("stored", is(3));
        assertThat(accuracy(old, young))
                .containsExactly(
                        old + " cancer muscle false 1", old + " cancer muscle true 1", old + " muscle muscle true 1");

        topic.commit(record(ofModel(young, a, slide, 1, 0.75, PREDICTED.plus(Duration.ofDays(7)))));
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(accuracy(old, young))
                .containsExactlyInAnyOrder(
                        old + " cancer muscle false 1",
                        old + " muscle muscle true 1",
                        young + " cancer cancer true 1"));
        assertThat(weeks(young)).as("in which it was labelled").containsExactly("2026-01-05");
    }

    @Test
    void aTruthIsNotOfAnotherImageThatComesUnderTheSameId() {
        String a = id("a");
        String model = id("model");
        topic.commit(record(ofModel(model, a, slide, 0, 0.75, PREDICTED)));
        awaitStored(1);
        post(given(), "requestId,label,sampled\n" + a + ",muscle,true\n").body("stored", is(1));
        assertThat(accuracy(model)).containsExactly(model + " muscle muscle true 1");

        topic.commit(record(ofImage("another", ofModel(model, a, slide, 1, 0.75, PREDICTED.plusSeconds(1)))));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(accuracy(model)).isEmpty());

        post(given(), "requestId,label\n" + a + ",muscle\n").body("stored", is(1));
        assertThat(accuracy(model))
                .as("nobody says that this one was sampled")
                .containsExactly(model + " muscle cancer false 1");
    }

    @Test
    void aModelIsNotBlamedForAClassThatItDoesNotKnow() {
        String a = id("a");
        String old = id("old");
        String young = id("young");
        topic.commit(record(ofModel(old, a, slide, 0, 0.75, PREDICTED)));
        awaitStored(1);
        post(given(), "requestId,label,sampled\n" + a + ",cancer,true\n").body("stored", is(1));
        assertThat(accuracy(old, young)).containsExactly(old + " cancer muscle true 1");

        topic.commit(record(ofMuscleOrFat(ofModel(young, a, slide, 1, 0.75, PREDICTED.plusSeconds(1)))));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(accuracy(old, young)).isEmpty());
    }

    @Test
    void anImageThatAModelLabelledForTwoRequestsCountsOnce() {
        String a = id("a");
        String again = id("again");
        String model = id("model");
        String image = id("image");
        topic.commit(
                record(ofImage(image, ofModel(model, a, slide, 0, 0.75, PREDICTED))),
                record(ofImage(image, ofModel(model, again, slide, 0, 0.75, PREDICTED.plus(Duration.ofDays(7))))));
        awaitStored(2);

        post(given(), "requestId,label,sampled\n" + a + ",muscle,true\n").body("stored", is(1));
        post(given(), "requestId,label,sampled\n" + again + ",muscle,true\n").body("stored", is(1));
        assertThat(accuracy(model)).containsExactly(model + " muscle muscle true 1");

        post(given(), "requestId,label\n" + a + ",cancer\n").body("stored", is(1));
        assertThat(accuracy(model)).containsExactly(model + " cancer muscle true 1");
    }

    @Test
    void aLabelThatSomebodyIsDeletingIsNotWaitedFor() {
        String a = id("a");
        String b = id("b");
        topic.commit(
                record(prediction(a, slide, 1L, 2L, 0, PREDICTED)), record(prediction(b, slide, 3L, 4L, 0, PREDICTED)));
        awaitStored(2);

        Jdbi.create(database).useHandle(deletion -> {
            deletion.begin();
            deletion.execute("SET LOCAL idle_in_transaction_session_timeout = '30s'"); // so that nobody waits for ever
            deletion.execute("DELETE FROM prediction WHERE request_id = ?", a);
            post(given(), "requestId,label\n" + a + ",muscle\n" + b + ",muscle\n")
                    .statusCode(200)
                    .body("stored", is(1))
                    .body("problems.line", contains(2));
            deletion.rollback();
        });
        assertThat(truths()).containsExactly(b + " muscle false null");
    }

    @Test
    void truthsAreErasedWithTheirLabels() {
        String a = id("a");
        String b = id("b");
        topic.commit(
                record(prediction(a, slide, 1L, 2L, 0, PREDICTED)), record(prediction(b, slide, 3L, 4L, 0, PREDICTED)));
        awaitStored(2);
        post(given(), "requestId,label\n" + a + ",muscle\n" + b + ",muscle\n").body("stored", is(2));

        given().delete("/predictions/{id}", a).then().statusCode(204);
        assertThat(truths()).containsExactly(b + " muscle false null");
        given().queryParam("slide", slide).delete("/predictions").then().statusCode(200);
        assertThat(truths()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsRefusedWithWhatToWrite() {
        refused(given(), "requestId;label\na;b\n", 422, "the first line must be requestId,label");
        refused(given(), "slide,x,y,label\n7,1,2,muscle\n", 400, "within=20");
        refused(given().queryParam("within", "1001"), "slide,x,y,label\n7,1,2,muscle\n", 400, "within is '1001'");
        refused(given().queryParam("withn", "20"), "slide,x,y,label\n7,1,2,muscle\n", 400, "unknown parameter 'withn'");
        refused(given().queryParam("by", "a".repeat(101)), "requestId,label\na,muscle\n", 400, "by has 101 characters");
        given().contentType("application/json")
                .body("{}")
                .post("/truths")
                .then()
                .statusCode(415);
    }

    private String named(long x, long y) {
        return "\"" + slide + "\"," + x + "," + y + ",cancer\n";
    }

    private static ValidatableResponse post(RequestSpecification request, String csv) {
        return request.config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig().encodeContentTypeAs("text/csv", ContentType.TEXT)))
                .contentType("text/csv")
                .body(csv)
                .post("/truths")
                .then();
    }

    private static void refused(RequestSpecification request, String csv, int status, String detail) {
        post(request, csv)
                .statusCode(status)
                .contentType(endsWith("problem+json"))
                .body("detail", containsString(detail));
    }

    private List<String> truths() {
        return Jdbi.create(database).withHandle(handle -> handle.createQuery(
                        """
                                SELECT concat_ws(' ', request_id, class_name, CAST(sampled AS text),
                                                 coalesce(given_by, 'null'))
                                FROM truth WHERE request_id LIKE :ofThisTest ORDER BY 1""")
                .bind("ofThisTest", "%" + id(""))
                .mapTo(String.class)
                .list());
    }

    private List<String> weeks(String model) {
        return Jdbi.create(database).withHandle(handle -> handle.createQuery(
                        """
                                SELECT to_char(week AT TIME ZONE 'UTC', 'YYYY-MM-DD')
                                FROM dashboards.accuracy_in_service WHERE model_id = :model""")
                .bind("model", model)
                .mapTo(String.class)
                .list());
    }

    private List<String> accuracy(String... models) {
        return Jdbi.create(database).withHandle(handle -> handle.createQuery(
                        """
                                SELECT concat_ws(' ', model_id, true_class, predicted_class, CAST(sampled AS text), images)
                                FROM dashboards.accuracy_in_service WHERE model_id IN (<models>) ORDER BY 1""")
                .bindList("models", List.of(models))
                .mapTo(String.class)
                .list());
    }
}
