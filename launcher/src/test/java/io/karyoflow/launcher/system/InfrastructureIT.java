package io.karyoflow.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.embedded.Folders;
import io.karyoflow.launcher.progress.JobFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class InfrastructureIT {
    @TempDir
    Path folder;

    private Path work;

    @BeforeEach
    void aFolderThatOtherUsersMayPassThrough() throws Exception {
        work = Folders.temporary("karyoflow-infrastructure-it");
    }

    @AfterEach
    void nothingStays() throws Exception {
        Folders.delete(work);
    }

    @Test
    void nothingIsLeftOfWhatCouldNotBeStarted() throws Exception {
        Path noFolder = Files.createFile(folder.resolve("logs"));
        Infrastructure infrastructure = Infrastructure.start(work, noFolder);
        assertThatThrownBy(infrastructure::kafka).isInstanceOf(JobFailure.class).hasMessageContaining("Kafka");
        assertThatThrownBy(infrastructure::postgresql)
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("PostgreSQL");

        infrastructure.close();

        assertThat(work).doesNotExist();
    }

    @Test
    void nothingIsLeftOfWhatIsClosedWhileItStarts() {
        Infrastructure infrastructure = Infrastructure.start(work, folder.resolve("logs"));

        infrastructure.close();

        assertThat(infrastructure.kafka().process().isAlive()).isFalse();
        assertThat(infrastructure.postgresql().process().isAlive()).isFalse();
        assertThat(work).doesNotExist();
    }
}
