package io.karyoflow.tuner;

import static io.karyoflow.tuner.study.TestStudy.quality;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.tuner.study.TestStudy;
import io.karyoflow.tuner.testing.FastWatch;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of the models that studies bring forth goes into service. */
@QuarkusTest
@QuarkusTestResource(InfrastructureTestResource.class)
@TestProfile(FastWatch.class)
class PromotionIT extends StudyScenario {
    @Inject
    BeanManager beans;

    @Test
    void aStudyPromotesItsModelOnlyIfItIsToldSo() {
        // Given a model in service
        String first = endedStudy("\"promotion\":\"always\"", 0.7);
        assertThat(study(first).getString("promotionReason")).contains("whatever is in service");
        String inService = study(first).getString("promotedModelId");
        assertServes(inService);

        // When studies end whose best models are worse, better, or not to be promoted
        String worse = endedStudy("\"promotion\":\"ifBetter\"", 0.6);
        assertThat(study(worse).getString("promotedModelId")).isNull();
        assertThat(study(worse).getString("promotionReason"))
                .isEqualTo("macro F1 0.6000 is not better than the 0.7000 of model " + inService
                        + ", which stays in service; both were validated on fold 0 of data set d1");
        assertThat(dashboard("studies", worse))
                .extracting(row -> row.get("promotion_reason"))
                .containsExactly(study(worse).getString("promotionReason"));
        assertServes(inService);

        String better = endedStudy("\"promotion\":\"ifBetter\"", 0.8);
        inService = study(better).getString("promotedModelId");
        assertThat(study(better).getString("promotionReason")).startsWith("macro F1 0.8000 is better than the 0.7000");
        assertServes(inService);

        String kept = endedStudy("\"promotion\":\"never\"", 0.9);
        assertThat(study(kept).getString("promotedModelId")).isNull();
        assertThat(study(kept).getString("promotionReason")).contains("POST /models/");
        assertServes(inService);

        // Then one that was validated on other images serves, because nobody can say which is better
        String elsewhere = endedStudy("\"promotion\":\"ifBetter\",\"validationFold\":1", 0.1);
        assertServes(study(elsewhere).getString("promotedModelId"));
        assertThat(study(elsewhere).getString("promotionReason"))
                .contains("cannot be compared with model " + inService, "fold 0 of data set d1");
    }

    @Test
    void aModelOfAnotherDataSetIsComparedIfItWasValidatedOnTheSameImages() {
        // Given
        trainer.registerDataset(TestStudy.dataset("round-1", List.of("lasting", "learned from")));
        trainer.registerDataset(TestStudy.dataset("round-2", List.of("lasting", "learned from, and more")));
        String inService =
                study(endedStudy("\"promotion\":\"always\"", 0.8, "round-1")).getString("promotedModelId");
        assertServes(inService);
        // When
        String worse = endedStudy("\"promotion\":\"ifBetter\"", 0.7, "round-2");
        // Then
        assertThat(study(worse).getString("promotedModelId")).isNull();
        assertThat(study(worse).getString("promotionReason"))
                .isEqualTo("macro F1 0.7000 is not better than the 0.8000 of model " + inService
                        + ", which stays in service; both were validated on the same images, fold 0 of data set round-2"
                        + " and fold 0 of data set round-1");
        assertServes(inService);
        // When
        String elsewhere = endedStudy("\"promotion\":\"ifBetter\",\"validationFold\":1", 0.1, "round-2");
        // Then
        assertServes(study(elsewhere).getString("promotedModelId"));
        assertThat(study(elsewhere).getString("promotionReason")).contains("other images, those of fold 0");
        // When data sets of an older ingest are beside them
        String unknown = endedStudy("\"promotion\":\"ifBetter\"", 0.1);
        // Then
        assertServes(study(unknown).getString("promotedModelId"));
        assertThat(study(unknown).getString("promotionReason"))
                .endsWith("data set d1 has no fingerprints of its folds");
    }

    @Test
    void aModelWhoseLabelsMeanSomethingElseIsPromotedByHandOnly() {
        // Given
        trainer.registerDataset(TestStudy.dataset("other-classes", List.of("muscle", "cancer"), 5, null));
        String inService = study(endedStudy("\"promotion\":\"always\"", 0.5)).getString("promotedModelId");
        assertServes(inService);
        for (String promotion : List.of("always", "ifBetter")) {
            // When
            String study = endedStudy("\"promotion\":\"" + promotion + "\"", 0.9, "other-classes");
            // Then
            String model = given().get("/studies/" + study + "/trials").path("[0].modelId");
            assertThat(study(study).getString("promotedModelId")).isNull();
            assertThat(study(study).getString("promotionReason"))
                    .startsWith("its classes are [muscle, cancer], those of model " + inService)
                    .contains("POST /models/" + model + "/promotion");
            assertServes(inService);
        }
    }

    /** A study of one trial, trained to this quality. */
    private String endedStudy(String settings, double quality) {
        return endedStudy(settings, quality, "d1");
    }

    private String endedStudy(String settings, double quality, String dataset) {
        String study = createStudy("\"trials\":1,\"epochs\":1," + settings, dataset);
        train(taken(study, 1, 1), quality);
        eventually(() -> assertThat(study(study).getString("state")).isEqualTo("COMPLETED"));
        return study;
    }

    private void assertServes(String model) {
        assertThat(given().get("/models").jsonPath().getList("findAll { it.serving }.id"))
                .containsExactly(model);
        assertThat(given().get("/").asString()).contains("Serving:</strong> model <code>" + model + "</code>");
        eventually(() -> assertThat(models.records(record -> true))
                .last()
                .extracting(record ->
                        MessageJson.read(record.value(), ModelPromoted.class).modelId())
                .isEqualTo(model));
    }

    @Test
    void whatServesIsSaidAgainForTheCaseThatKafkaLostIt() {
        String inService = study(endedStudy("\"promotion\":\"always\"", 0.5)).getString("promotedModelId");
        assertServes(inService);
        int said = models.records(record -> true).size();

        startOutboxAgain();

        eventually(() -> assertThat(models.records(record -> true)).hasSize(said + 1));
        assertServes(inService);
    }

    /** Tells nobody else that the service starts: channels and timers would run twice. */
    private void startOutboxAgain() {
        StartupEvent started = new StartupEvent();
        beans.resolveObserverMethods(started).stream()
                .filter(observer -> observer.getBeanClass().getSimpleName().equals("DispatchOutbox"))
                .forEach(observer -> observer.notify(started));
    }

    @Test
    void aPromotionIsLaterThanTheOneBeforeThoughTheClockWasPutBack() {
        String first = study(endedStudy("\"promotion\":\"always\"", 0.5)).getString("promotedModelId");
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE promotion SET promoted_at = now() + interval '1 hour' WHERE model_id = ?", first));

        String second = study(endedStudy("\"promotion\":\"always\"", 0.6)).getString("promotedModelId");

        assertServes(second);
        List<Instant> times = given().get("/promotions").jsonPath().getList("promotedAt", String.class).stream()
                .map(Instant::parse)
                .toList();
        assertThat(times.get(0)).isAfter(times.get(1));
        jdbi.useHandle(handle ->
                handle.execute("UPDATE promotion SET promoted_at = now() WHERE model_id IN (?, ?)", first, second));
    }

    @Test
    void aModelIsPromotedByHand() {
        String study = createStudy("\"trials\":2,\"concurrency\":2,\"epochs\":1");
        TrialRequested weak = taken(study, 1, 1);
        TrialRequested strong = taken(study, 2, 1);
        train(weak, 0.4);
        train(strong, 0.8);
        eventually(() -> assertThat(study(study).getString("state")).isEqualTo("COMPLETED"));
        String model = trial(weak).getString("modelId");
        given().post("/models/" + model + "/promotion")
                .then()
                .statusCode(202)
                .body("serving", equalTo(true))
                .body("validation.macroF1", equalTo(0.4f));
        assertServes(model);
        given().post("/models/none/promotion").then().statusCode(404).body("detail", containsString("no model 'none'"));
    }
}
