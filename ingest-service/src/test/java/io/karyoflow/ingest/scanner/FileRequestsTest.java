package io.karyoflow.ingest.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.ingest.image.CheckedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileRequestsTest {
    private static final CheckedImage IMAGE = new CheckedImage("hash", "image/png", new byte[] {1, 2, 3});

    @Test
    void folderAndNameSayWhichSlideAndWhereOnIt() {
        PredictionRequest request =
                new FileRequests(List.of()).of("slide 7/tile [d=1,x=2048,y=512,w=100,h=100].png", IMAGE);

        assertThat(request.filename()).isEqualTo("slide 7/tile [d=1,x=2048,y=512,w=100,h=100].png");
        assertThat(request.slide()).isEqualTo("slide 7");
        assertThat(request.x()).isEqualTo(2048);
        assertThat(request.y()).isEqualTo(512);
    }

    @Test
    void aFileThatSaysNothingHasNeither() {
        PredictionRequest request = new FileRequests(List.of()).of("a.png", IMAGE);

        assertThat(request.slide()).isNull();
        assertThat(request.x()).isNull();
        assertThat(request.y()).isNull();
    }
}
