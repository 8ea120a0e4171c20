package io.karyoflow.launcher;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A service whose answers a test says, as JSON after a status if that is not 200; what has no answer is refused. */
public final class LocalServer implements AutoCloseable {
    /** For an answer: the connection ends without one. */
    public static final String BROKEN_OFF = "broken off";

    private static final Pattern ANSWER = Pattern.compile("(?:(\\d{3}) )?(.*)", Pattern.DOTALL);
    private static final String REFUSED = "422 {\"detail\":\"refused by the test\"}";

    private final HttpServer server;

    /** @param answers to requests such as {@code GET /studies/1}: {@code {"id": "1"}}, {@code 503 {}}; null refuses */
    public LocalServer(Function<String, String> answers) throws IOException {
        this((request, body) -> answers.apply(request));
    }

    private LocalServer(BiFunction<String, byte[], String> answers) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] sent = exchange.getRequestBody().readAllBytes();
            String answer = answers.apply(exchange.getRequestMethod() + " " + exchange.getRequestURI(), sent);
            if (BROKEN_OFF.equals(answer)) {
                exchange.close();
                return;
            }
            Matcher parts = ANSWER.matcher(answer == null ? REFUSED : answer);
            parts.matches();
            byte[] body = parts.group(2).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(parts.group(1) == null ? 200 : Integer.parseInt(parts.group(1)), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    /** @param answers to requests and their bodies */
    public static LocalServer readingBodies(BiFunction<String, byte[], String> answers) throws IOException {
        return new LocalServer(answers);
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
