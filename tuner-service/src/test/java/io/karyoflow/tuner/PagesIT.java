package io.karyoflow.tuner;

import static io.karyoflow.tuner.study.TestStudy.quality;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.karyoflow.common.message.Sha256;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.tuner.testing.FastWatch;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureTestResource.class)
@TestProfile(FastWatch.class)
class PagesIT extends StudyScenario {
    private static final Pattern ID = Pattern.compile("\\sid=\"([^\"]+)\"");
    private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"([^\"]+\\.(?:js|css|svg)[^\"]*)\"");

    @Test
    void everyAssetIsServedFromHere() {
        Set<String> assets = assets();
        assertThat(assets).hasSize(5).allMatch(asset -> asset.startsWith("/"));
        assertThat(assets).anyMatch(asset -> asset.contains("echarts"));
        assets.forEach(asset -> given().get(asset).then().statusCode(200));
    }

    @Test
    void aScriptThatHasChangedIsNotTakenFromABrowsersCache() {
        List<String> ours = assets().stream()
                .filter(asset -> asset.matches("/pages/.*\\.(js|css).*"))
                .toList();
        assertThat(ours).hasSize(3).allSatisfy(asset -> assertThat(asset)
                .endsWith("?v=" + Sha256.of(given().get(asset).asByteArray()).substring(0, 8)));
    }

    /** Else it could lie unseen over something that one likes to click, and a model would be in service. */
    @Test
    void noOtherSiteShowsAPageWithinItsOwn() {
        for (String path : List.of("/", "/pages/models", "/pages/studies/x")) {
            given().get(path).then().header("Content-Security-Policy", equalTo("frame-ancestors 'self'"));
        }
    }

    @Test
    void aStudyAndItsTrialsAreShownAtEveryStage() {
        String study = createStudy("\"name\":\"<b>bold</b> & brave\",\"trials\":2,\"concurrency\":2,\"epochs\":2");
        TrialRequested one = request(study, 1, 1);
        TrialRequested two = request(study, 2, 1);
        assertThat(page("/pages/trials/" + one.trialId()))
                .contains("queued", "none yet", "appear here after the first epoch");
        assertThat(trainer.take(one, "worker-1")).isTrue();
        assertThat(trainer.take(two, "worker-2")).isTrue();
        trainer.epoch(one, 1, quality(0.5), quality(0.456));
        eventually(() -> assertThat(page("/pages/studies/" + study)).contains("0.456", "1/2", "worker-1"));
        assertThat(page("/pages/trials/" + one.trialId()))
                .contains("after epoch 1", "/trials/" + one.trialId() + "/reports");
        trainer.keepPredictions(one, 1);
        assertThat(page("/pages/trials/" + one.trialId())).doesNotContain("Most confident mistakes");
        trainer.complete(one, quality(0.456));
        trainer.fail(two, "the loss is not a number");
        eventually(() -> assertThat(study(study).getString("state")).isEqualTo("COMPLETED"));
        assertThat(page("/pages/studies/" + study))
                .contains("the loss is not a number", "best</span>", "&lt;b&gt;bold&lt;/b&gt; &amp; brave")
                .doesNotContain("<b>bold", "Stop study");
        assertThat(page("/pages/trials/" + one.trialId()))
                .contains("immune leukocyte", "<strong>186</strong>", "93.0 %", "model in service", "1.420")
                .contains("Mean AUC 0.456")
                .containsSubsequence("<th scope=\"row\">muscle</th>", "0.902", "0.983", "200")
                .containsSubsequence("Expected calibration error</th>", "8.1 %", "2.3 %")
                .containsSubsequence("Brier score</th>", "0.317", "0.289")
                .containsSubsequence(
                        "Most confident mistakes",
                        "<th scope=\"row\" class=\"name\">&lt;171&gt;.png</th>",
                        "slide 1",
                        "normal epithelial",
                        "cancer epithelial",
                        "0.86")
                .contains("&lt;190&gt;.png", "/trials/" + one.trialId() + "/predictions?wrong=true")
                .doesNotContain("&lt;191&gt;.png", "<img src=\"/trials/");
        assertThat(page("/")).contains("Serving:", "/pages/studies/" + study);
    }

    @Test
    void theMostConfidentMistakesAreShownAsPictures() {
        String study = createStudy("\"trials\":1,\"epochs\":1");
        TrialRequested one = taken(study, 1, 1);
        trainer.epoch(one, 1, quality(0.5), quality(0.5));
        trainer.keepPredictions(one, 1);
        trainer.keepPictures(one, 19);
        trainer.complete(one, quality(0.5));
        eventually(() -> assertThat(trial(one).getString("state")).isEqualTo("COMPLETED"));

        String page = page("/pages/trials/" + one.trialId());

        String mistakes = "src=\"/trials/" + one.trialId() + "/mistakes/";
        assertThat(page)
                .containsSubsequence(
                        "Most confident mistakes",
                        mistakes + "1/picture\" alt=\"&lt;171&gt;.png, normal epithelial\"",
                        "<strong>&lt;171&gt;.png</strong>",
                        "slide 1",
                        "normal epithelial",
                        "cancer epithelial, 0.86",
                        mistakes + "19/picture\"",
                        "<strong>&lt;189&gt;.png</strong>",
                        "<strong>&lt;190&gt;.png</strong>",
                        "/trials/" + one.trialId() + "/predictions?wrong=true")
                .as("of the last one there is none")
                .doesNotContain(mistakes + "20/picture")
                .doesNotContain("&lt;191&gt;.png");
        given().get("/trials/" + one.trialId() + "/mistakes/1/picture").then().statusCode(200);
    }

    @Test
    void aStudySaysWhyItsModelWasNotPromoted() {
        String study = createStudy("\"trials\":1,\"epochs\":1,\"promotion\":\"never\"");
        assertThat(page("/pages/studies/" + study)).contains("<dd>never</dd>").doesNotContain("When the study ended");
        TrialRequested one = taken(study, 1, 1);
        trainer.epoch(one, 1, quality(0.5), quality(0.5));
        trainer.complete(one, quality(0.5));
        eventually(() -> assertThat(study(study).getString("state")).isEqualTo("COMPLETED"));
        assertThat(page("/pages/studies/" + study)).contains("When the study ended: the study promotes no model");
        assertThat(page("/")).contains("title=\"the study promotes no model");
    }

    @Test
    void aStudyShowsWhatItVariesApartFromWhatAllItsTrialsHave() {
        String study = given().contentType("application/json")
                .body(
                        """
                        {"dataset": "d1", "trials": 1, "space": {"inputSize": 32,
                         "learningRate": {"type": "loguniform", "min": 0.0003, "max": 0.01},
                         "width": {"type": "choice", "values": [16, 24]}}}""")
                .post("/studies")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        assertThat(page("/pages/studies/" + study))
                .contains("All trials have inputSize 32.", ">width</th>")
                .contains("data-hyperparameter=\"learningRate\" data-axis=\"log\"")
                .contains("data-hyperparameter=\"width\" data-axis=\"category\"")
                .doesNotContain(">inputSize</th>", "data-hyperparameter=\"inputSize\"");
    }

    @Test
    void aStudyWithoutAModelSaysSoAndTheMostFrequentReasons() {
        String study = createStudy("\"trials\":5,\"concurrency\":5,\"epochs\":1");
        List<String> reasons = List.of("reason d", "reason c", "reason b", "reason a", "reason d");
        for (int number = 1; number <= reasons.size(); number++) {
            trainer.fail(taken(study, number, 1), reasons.get(number - 1));
        }
        eventually(() -> assertThat(study(study).getString("state")).isEqualTo("FAILED"));
        assertThat(study(study).getString("failure")).isEqualTo("reason d; reason a; reason b");
        assertThat(page("/pages/studies/" + study)).contains("reason d; reason a; reason b", "none was completed");
    }

    @Test
    void aTrialThatHasEndedBeforeItsFirstEpochAnnouncesNoFigures() {
        String study = createStudy("\"trials\":1,\"epochs\":1");
        TrialRequested one = taken(study, 1, 1);
        trainer.fail(one, "the data set's files are gone");
        eventually(() -> assertThat(trial(one).getString("state")).isEqualTo("FAILED"));
        assertThat(page("/pages/trials/" + one.trialId()))
                .contains("ended before its first epoch did", "Train again")
                .doesNotContain("appear here after the first epoch");
    }

    @Test
    void trialsAreSortedByTheirMetrics() {
        String study = createStudy("\"trials\":3,\"concurrency\":3,\"epochs\":2");
        double[] qualities = {0.4, 0.8, 0.6};
        for (int number = 1; number <= 3; number++) {
            TrialRequested request = request(study, number, 1);
            trainer.epoch(request, 1, quality(0.5), quality(qualities[number - 1]));
        }
        assertThat(page("/pages/studies/" + study)).containsSubsequence(">#1<", ">#2<", ">#3<");
        assertThat(page("/pages/studies/" + study + "?sort=macroF1"))
                .contains("aria-sort=\"descending\"")
                .containsSubsequence(">#2<", ">#3<", ">#1<");
        assertThat(page("/pages/studies/" + study + "?sort=loss")).containsSubsequence(">#2<", ">#3<", ">#1<");
    }

    @Test
    void whatIsMissingIsSaidOnAPage() {
        given().get("/pages/studies/x")
                .then()
                .statusCode(404)
                .contentType("text/html")
                .body(containsString("no study x"));
        given().get("/pages/trials/x")
                .then()
                .statusCode(404)
                .contentType("text/html")
                .body(containsString("no trial x"));
    }

    @Test
    void metricsAndHealthAnswer() {
        createStudy("\"trials\":1");
        eventually(() -> given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("karyoflow_studies{state=\"RUNNING\"}"))
                .body(containsString("karyoflow_trials{state=\"QUEUED\"}"))
                .body(containsString("karyoflow_outbox_unsent"))
                .body(containsString("karyoflow_trial_events_seconds_count{type=\"unusable\"}")));
        given().get("/q/health/ready").then().statusCode(200);
        given().get("/q/openapi").then().statusCode(200).body(containsString("/studies/{id}/stop"));
    }

    private static Set<String> assets() {
        return ASSET.matcher(page("/")).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }

    private static String page(String path) {
        String page = given().get(path)
                .then()
                .statusCode(200)
                .contentType("text/html")
                .extract()
                .asString();
        assertThat(ID.matcher(page).results().map(match -> match.group(1)))
                .as("what the script finds by its id is there once")
                .doesNotHaveDuplicates();
        return page;
    }
}
