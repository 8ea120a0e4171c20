package io.karyoflow.launcher;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** A service whose answers a test says, as JSON; what it has no answer to is refused. */
public final class LocalServer implements AutoCloseable {
    private final HttpServer server;

    /** @param answers to requests such as {@code GET /studies/1}; null refuses */
    public LocalServer(Function<String, String> answers) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            String answer = answers.apply(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            byte[] body =
                    (answer == null ? "{\"detail\":\"refused by the test\"}" : answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer == null ? 422 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
