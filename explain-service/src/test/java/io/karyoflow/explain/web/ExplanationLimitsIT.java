package io.karyoflow.explain.web;

import static io.karyoflow.explain.web.WebScenario.MODEL;
import static io.karyoflow.explain.web.WebScenario.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** How much a request may have, and answers that are under way together. */
@QuarkusTest
@QuarkusTestResource(InfrastructureTestResource.class)
class ExplanationLimitsIT {
    @Inject
    DataSource dataSource;

    @Inject
    ServedModels<ServedModel> models;

    @Inject
    AnswersBeingSent answersBeingSent;

    @TestHTTPResource("/")
    String page;

    @Test
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
    void anAnswerThatIsReadCountsNoMore() {
        WebScenario.promote(MODEL, dataSource, models);

        post("methods=saliency", "application/json").then().statusCode(200);

        await().atMost(Duration.ofMinutes(1)).until(() -> answersBeingSent.bytes() == 0);
    }

    @Test
    void anAnswerCountsUntilWhoDoesNotReadItIsGone() throws IOException {
        WebScenario.promote(MODEL, dataSource, models);
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
        await().atMost(Duration.ofMinutes(1)).until(() -> answersBeingSent.bytes() == 0);
    }
}
