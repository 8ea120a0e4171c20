package io.karyoflow.trainer.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsFolderTest {
    private static final Runnable WANTED = () -> {};

    @TempDir
    Path folder;

    private HttpServer server;
    private byte[] served;
    private int status = 200;
    private int missing;
    private int requests;

    @BeforeEach
    void serve() throws IOException {
        Path file = WriteSafeTensors.to(
                folder.resolve("local.safetensors"),
                Map.of("x", new WriteSafeTensors.Tensor(new long[] {2}, new float[] {1, 2})));
        served = Files.readAllBytes(file);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/weights", exchange -> {
            requests++;
            exchange.sendResponseHeaders(status, served.length + missing);
            exchange.getResponseBody().write(served);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void pathsAreAbsoluteOrBelowTheFolder() {
        WeightsFolder weights = new WeightsFolder(folder);

        assertThat(weights.open("local.safetensors", WANTED).values("x")).containsExactly(1, 2);
        assertThat(weights.open(folder.resolve("local.safetensors").toString(), WANTED)
                        .values("x"))
                .containsExactly(1, 2);
        assertThatThrownBy(() -> weights.open("\0", WANTED)).isInstanceOf(UnusableWeightsException.class);
    }

    @Test
    void urlsAreLoadedOnce() {
        WeightsFolder weights = new WeightsFolder(folder.resolve("made/when/needed"));

        assertThat(weights.open(url("/weights"), WANTED).values("x")).containsExactly(1, 2);
        assertThat(weights.open(url("/weights"), WANTED).values("x")).containsExactly(1, 2);
        assertThat(requests).isEqualTo(1);
        assertThat(weights.open(url("/weights"), WANTED)).hasToString(url("/weights"));
    }

    @Test
    void whatAKilledTrainerWasLoadingIsDeletedInTime() throws IOException {
        Path abandoned = Files.createFile(folder.resolve("download1.part"));
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Path underWay = Files.createFile(folder.resolve("download2.part"));

        new WeightsFolder(folder).open(url("/weights"), WANTED);

        assertThat(abandoned).doesNotExist();
        assertThat(underWay).exists();
        assertThat(folder.resolve("local.safetensors")).exists();
    }

    @Test
    void whatCannotBeLoadedIsSaidAndNotKept() throws IOException {
        Path downloads = folder.resolve("downloads");
        WeightsFolder weights = new WeightsFolder(downloads);
        served = Arrays.copyOf(served, served.length - 1);

        assertThatThrownBy(() -> weights.open(url("/weights"), WANTED))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessageContaining("safetensors file")
                .hasMessageContaining(url("/weights"));
        assertThatThrownBy(() -> weights.open(url("/elsewhere"), WANTED))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessageContaining("/elsewhere")
                .hasMessageContaining("404");
        assertThatThrownBy(() -> weights.open("http://host with spaces/", WANTED))
                .isInstanceOf(UnusableWeightsException.class);
        try (Stream<Path> kept = Files.list(downloads)) {
            assertThat(kept).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void aServerThatCannotAnswerJustNowMayLater(int answer) {
        status = answer;

        assertThatThrownBy(() -> new WeightsFolder(folder).open(url("/weights"), WANTED))
                .isInstanceOf(UnreachableWeightsException.class)
                .hasMessageContaining("the server answers " + answer);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 410})
    void aServerThatRefusesWillLaterToo(int answer) {
        status = answer;

        assertThatThrownBy(() -> new WeightsFolder(folder).open(url("/weights"), WANTED))
                .isExactlyInstanceOf(UnusableWeightsException.class)
                .hasMessageContaining("the server answers " + answer);
    }

    @Test
    void aConnectionThatBreaksMayHoldLater() {
        WeightsFolder weights = new WeightsFolder(folder);
        missing = 1;
        assertThatThrownBy(() -> weights.open(url("/weights"), WANTED))
                .isInstanceOf(UnreachableWeightsException.class)
                .hasMessageContaining(served.length + " of " + (served.length + 1) + " bytes");

        server.stop(0);
        assertThatThrownBy(() -> weights.open(url("/weights"), WANTED))
                .isInstanceOf(UnreachableWeightsException.class)
                .hasMessageContaining("refused");
    }

    @Test
    void loadingEndsWhenItIsNoLongerWanted() {
        WeightsFolder weights = new WeightsFolder(folder);

        assertThatThrownBy(() -> weights.open(url("/weights"), () -> {
                    throw new IllegalStateException("stopped");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("stopped");
    }

    private String url(String path) {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + path;
    }
}
