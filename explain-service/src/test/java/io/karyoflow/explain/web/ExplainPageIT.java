package io.karyoflow.explain.web;

import static io.karyoflow.explain.web.WebScenario.IMAGE;
import static io.karyoflow.explain.web.WebScenario.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.explain.recent.RecentRequest;
import io.karyoflow.explain.recent.RecentRequests;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. */
@QuarkusTest
@QuarkusTestResource(InfrastructureTestResource.class)
class ExplainPageIT {
    @Inject
    DataSource dataSource;

    @Inject
    ServedModels<ServedModel> models;

    @Inject
    RecentRequests recent;

    @TestHTTPResource("/")
    String page;

    @Test
    void thePageExplainsAnImageInARealBrowser(@TempDir Path folder) throws Exception {
        WebScenario.promote(MODEL, dataSource, models);
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

            // When a model is named that is not stored
            browser.evaluate("document.getElementById('by-model').value = 'lost'");
            browser.evaluate("document.getElementById('explain').click()");
            browser.waitFor("document.getElementById('problem').textContent.includes(\"model 'lost' cannot be used\")");
            browser.evaluate("document.getElementById('by-model').value = ''");

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
}
