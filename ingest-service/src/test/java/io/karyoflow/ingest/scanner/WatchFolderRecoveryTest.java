package io.karyoflow.ingest.scanner;

import static io.karyoflow.ingest.TestImages.png;
import static io.karyoflow.ingest.TestImages.truncated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.ingest.image.PublishingFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a failure or a crash, at any point. */
class WatchFolderRecoveryTest {
    @TempDir
    Path folder;

    private ScannerBench bench;

    @BeforeEach
    void start() {
        bench = new ScannerBench(folder);
    }

    @AfterEach
    void stop() throws IOException {
        bench.close();
    }

    @Test
    void afterAFailureInTheMiddleNothingIsRepeatedOrSkipped() throws Exception {
        for (int seed = 0; seed < 10; seed++) {
            bench.write(seed + ".png", png(seed));
        }
        bench.watchFolder.poll();
        bench.settle();
        Instant claimed = bench.now;
        bench.acknowledgedBeforeFailure = 4;
        assertThatThrownBy(() -> bench.watchFolder.poll()).isInstanceOf(PublishingFailedException.class);
        assertThat(bench.topic).hasSize(4);

        // Kafka is back
        bench.acknowledgedBeforeFailure = Integer.MAX_VALUE;
        bench.now = bench.now.plusSeconds(3600);
        bench.watchFolder.poll();

        assertThat(bench.topic).hasSize(10);
        assertThat(bench.topic).extracting(PredictionRequest::id).doesNotHaveDuplicates();
        assertThat(bench.files()).hasSize(10).allMatch(file -> file.startsWith("done/"));
        assertThat(bench.lookedSince).isBeforeOrEqualTo(claimed).isAfter(claimed.minusSeconds(600));
    }

    @Test
    void afterACrashTheNextProcessFinishesTheClaim() throws Exception {
        bench.write("a.png", png(1));
        bench.write("b.png", png(2));
        bench.watchFolder.poll();
        bench.settle();
        bench.acknowledgedBeforeFailure = 1;
        assertThatThrownBy(() -> bench.watchFolder.poll()).isInstanceOf(PublishingFailedException.class);
        bench.acknowledgedBeforeFailure = Integer.MAX_VALUE;
        bench.write("working/1-somebody/c.png", truncated(png(3)));

        bench.watchFolder.close();
        bench.start();
        bench.watchFolder.poll();

        assertThat(bench.topic).hasSize(2);
        assertThat(bench.files())
                .containsExactlyInAnyOrder("done/a.png", "done/b.png", "rejected/c.png", "rejected/c.png.reason.txt");
        assertThat(bench.rejections).containsExactly("c.png");
    }

    @Test
    void aSecondWatcherStandsByUntilTheFirstHasGone() throws Exception {
        WatchFolder first = bench.watchFolder;
        first.poll();
        bench.start();
        bench.write("a.png", png(1));
        bench.watchFolder.poll();
        bench.settle();
        bench.watchFolder.poll();
        assertThat(bench.topic).isEmpty();

        first.close();
        bench.watchFolder.poll();
        bench.settle();
        bench.watchFolder.poll();

        assertThat(bench.topic).hasSize(1);
    }
}
