package io.karyoflow.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.karyoflow.launcher.client.IngestClient.Dataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IngestClientTest {
    private final AtomicReference<String> asked = new AtomicReference<>();
    private final AtomicReference<String> sent = new AtomicReference<>();
    private int status = 200;
    private String answer = "{}";
    private HttpServer server;
    private IngestClient ingest;

    @BeforeEach
    void aServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.set(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            sent.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        ingest = new IngestClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aPredictionIsAskedForWithAllThatIsKnown() {
        answer = "{\"requestId\":\"r1\",\"imageId\":\"i1\"}";

        assertThat(ingest.requestPrediction(
                                "a b&c.png", Optional.of("slide 7"), new byte[] {1}, List.of("saliency", "occlusion"))
                        .requestId())
                .isEqualTo("r1");
        assertThat(asked.get())
                .isEqualTo("POST /images?filename=a+b%26c.png&slide=slide+7&explain=saliency%2Cocclusion");
    }

    @Test
    void ofDataThatComeWithFoldsNoOtherSplitIsAskedFor() {
        ingest.importDataset("nuclei", "nuclei", OptionalDouble.of(0.2));
        assertThat(sent.get()).contains("\"validationShare\":0.2");

        ingest.importDataset("nuclei", "nuclei", OptionalDouble.empty());
        assertThat(sent.get()).contains("\"path\":\"nuclei\"").doesNotContain("validationShare");
    }

    @Test
    void aDatasetThatHasJustBegunLeavesMuchOut() {
        answer = "{\"id\":\"d1\",\"state\":\"VALIDATING\",\"checked\":0,\"somethingNew\":1}";

        Dataset dataset = ingest.dataset("d1");

        assertThat(dataset.state()).isEqualTo(Dataset.State.VALIDATING);
        assertThat(dataset.problems()).isEmpty();
        assertThat(dataset.total()).isNull();
    }

    @Test
    void aRefusalSaysWhatTheServiceSaid() {
        status = 422;
        answer = "{\"title\":\"Not an image\",\"detail\":\"the file is empty (zero bytes)\"}";

        assertThatThrownBy(() -> ingest.requestPrediction("a.png", Optional.empty(), new byte[0], List.of()))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("422")
                .hasMessageContaining("the file is empty (zero bytes)");
    }

    @Test
    void oneThatCannotAnswerForTheMomentCountsAsAwayIfLookingAgainDoesNoHarm() {
        status = 503;
        answer = "{\"detail\":\"try again later\"}";

        assertThatThrownBy(() -> ingest.dataset("d1"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("not ready");
        assertThatThrownBy(() -> ingest.importDataset("nuclei", "nuclei", OptionalDouble.of(0.2)))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("try again later");
    }

    @Test
    void aServiceThatDoesNotListenIsNamed() {
        server.stop(0);

        assertThatThrownBy(() -> ingest.dataset("d1"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("http://127.0.0.1:" + server.getAddress().getPort());
    }
}
