package io.karyoflow.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InferenceClientTest {
    private int status = 200;
    private HttpServer server;
    private InferenceClient inference;

    @BeforeEach
    void aServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/q/health/ready", exchange -> {
            byte[] body =
                    """
                    {"status": "UP", "checks": [
                      {"name": "database", "status": "UP"},
                      {"name": "prediction requests", "status": "UP", "data": {"model": "m1"}}]}"""
                            .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        inference = new InferenceClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void itSaysWhichModelAnswers() {
        assertThat(inference.model()).isEqualTo("m1");
    }

    @Test
    void oneThatIsNotReadyCountsAsAwayForAMoment() {
        status = 503;
        assertThatThrownBy(inference::model)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("not ready");
    }
}
