package io.karyoflow.explain.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A headless browser that is installed on this machine, spoken to by its own <a
 * href="https://chromedevtools.github.io/devtools-protocol/">protocol</a>: a test library would download a browser.
 */
final class Chromium implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final long PATIENCE_SECONDS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final WebSocket socket;
    private final Messages messages = new Messages();
    private final String session;
    private int lastId;

    /** Empty if there is none on the path. */
    static Optional<Path> installed() {
        return NAMES.stream()
                .flatMap(name -> Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param profile an empty folder */
    Chromium(Path executable, Path profile, int width, int height) throws Exception {
        process = new ProcessBuilder(
                        executable.toString(),
                        "--headless=new",
                        "--no-sandbox", // which root and containers cannot have
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "--window-size=" + width + "," + height,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("output.txt").toFile())
                .start();
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address(profile), messages)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        String target = call(null, "Target.createTarget", Map.of("url", "about:blank"))
                .get("targetId")
                .asText();
        session = call(null, "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .asText();
        call("Page.enable", Map.of());
        call("DOM.enable", Map.of());
    }

    private URI address(Path profile) throws Exception {
        Path port = profile.resolve("DevToolsActivePort");
        for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
            List<String> lines = Files.exists(port) ? Files.readAllLines(port) : List.of();
            if (lines.size() >= 2) {
                return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
            }
            Thread.sleep(100);
        }
        throw new IOException("the browser does not start: " + Files.readString(profile.resolve("output.txt")));
    }

    void open(String url) {
        call("Page.navigate", Map.of("url", url));
        waitFor("document.readyState === 'complete' && location.href.startsWith('" + url + "')");
    }

    /** Waits until the JavaScript expression is true. */
    void waitFor(String expression) {
        for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
            if (evaluate(expression).asBoolean()) {
                return;
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("never came true: " + expression);
    }

    /** The value of a JavaScript expression, awaited if it is a promise. */
    JsonNode evaluate(String expression) {
        JsonNode answer = call(
                "Runtime.evaluate",
                Map.of("expression", expression, "returnByValue", true, "awaitPromise", true, "userGesture", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
        }
        return answer.get("result").path("value");
    }

    /** As if the user had chosen the file in the dialog. */
    void chooseFile(String selector, Path file) {
        int document =
                call("DOM.getDocument", Map.of()).get("root").get("nodeId").asInt();
        int input = call("DOM.querySelector", Map.of("nodeId", document, "selector", selector))
                .get("nodeId")
                .asInt();
        call("DOM.setFileInputFiles", Map.of("nodeId", input, "files", List.of(file.toString())));
    }

    /** Presses and releases a key, as in {@code Tab} or {@code Enter}. */
    void press(String key) {
        int code = Map.of("Tab", 9, "Enter", 13, " ", 32).get(key);
        String text = key.equals("Enter") ? "\r" : key.equals(" ") ? " " : "";
        Map<String, Object> event = Map.of("key", key, "windowsVirtualKeyCode", code, "text", text);
        for (String type : List.of("keyDown", "keyUp")) {
            Map<String, Object> typed = new HashMap<>(event);
            typed.put("type", type);
            call("Input.dispatchKeyEvent", typed);
        }
    }

    /** The whole page as PNG. */
    byte[] screenshot() {
        String png = call("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
                .get("data")
                .asText();
        return Base64.getDecoder().decode(png);
    }

    private JsonNode call(String method, Map<String, Object> parameters) {
        return call(session, method, parameters);
    }

    private JsonNode call(String session, String method, Map<String, Object> parameters) {
        int id = ++lastId;
        Map<String, Object> command = new HashMap<>(Map.of("id", id, "method", method, "params", parameters));
        if (session != null) {
            command.put("sessionId", session);
        }
        try {
            socket.sendText(JSON.writeValueAsString(command), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            while (true) {
                JsonNode answer = messages.next();
                if (answer.path("id").asInt() == id) {
                    if (answer.has("error")) {
                        throw new AssertionError(method + ": " + answer.get("error"));
                    }
                    return answer.get("result");
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException("the browser does not answer " + method, e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** What the browser says, put together from the pieces in which it arrives. */
    private static final class Messages implements WebSocket.Listener {
        private final BlockingQueue<String> complete = new LinkedBlockingQueue<>();
        private final StringBuilder pieces = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            pieces.append(data);
            if (last) {
                complete.add(pieces.toString());
                pieces.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        JsonNode next() throws IOException, InterruptedException {
            String message = complete.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new IOException("no message within " + PATIENCE_SECONDS + " s");
            }
            return JSON.readTree(message);
        }
    }
}
