package io.karyoflow.common.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelBundleTest {
    private static final ModelDescription DESCRIPTION = new ModelDescription(
            Architecture.CONVNET,
            Hyperparameters.DEFAULTS,
            List.of("normal", "cancer"),
            32,
            32,
            new ImageSizes(90, 110, 100, 100),
            new EpochMetrics(0.4, 0.9, 0.85),
            1.2,
            "dataset",
            1,
            3,
            7L,
            "study",
            "trial",
            "test",
            null);

    @TempDir
    private Path folder;

    private Path exported;
    private Path target;

    @BeforeEach
    void anExportedModel() throws IOException {
        exported = Files.createDirectories(folder.resolve("exported"));
        Files.writeString(exported.resolve("saved_model.pb"), "graph");
        Files.createDirectories(exported.resolve("variables"));
        Files.writeString(exported.resolve("variables/variables.index"), "weights");
        target = Files.createDirectories(folder.resolve("target"));
    }

    @Test
    void isReadAndUnpackedAsItWasPacked() throws IOException {
        ModelBundle packed = ModelBundle.pack(exported, DESCRIPTION);

        ModelBundle read = ModelBundle.read(packed.bytes());
        read.unpack(target);

        assertThat(read.id()).isEqualTo(packed.id()).hasSize(16);
        assertThat(read.sha256()).isEqualTo(Sha256.of(packed.bytes()));
        assertThat(read.description()).isEqualTo(packed.description());
        assertThat(read.description().savedModelSha256()).hasSize(64);
        assertThat(read.description().hyperparameters()).isEqualTo(Hyperparameters.DEFAULTS);
        assertThat(target.resolve("saved_model.pb")).hasContent("graph");
        assertThat(target.resolve("variables/variables.index")).hasContent("weights");
    }

    @Test
    void oneThatDoesNotSayHowLargeItsImagesWereIsReadAndDoubtsNone() throws IOException {
        Map<String, byte[]> entries = entries(ModelBundle.pack(exported, DESCRIPTION));
        String description = new String(entries.get("model.json"), StandardCharsets.UTF_8);
        String sizes = "\"imageSizes\":{\"heightFrom\":90,\"heightTo\":110,\"widthFrom\":100,\"widthTo\":100},";
        assertThat(description).contains(sizes);
        entries.put("model.json", description.replace(sizes, "").getBytes(StandardCharsets.UTF_8));

        ModelDescription earlier = ModelBundle.read(zip(entries)).description();

        assertThat(earlier.imageSizes()).isNull();
        assertThat(earlier.warning(7, 7)).isEmpty();
    }

    @Test
    void sameFilesMakeTheSameBundleAndOtherFilesAnother() throws IOException {
        ModelBundle first = ModelBundle.pack(exported, DESCRIPTION);
        ModelBundle second = ModelBundle.pack(exported, DESCRIPTION);
        Files.writeString(exported.resolve("variables/variables.index"), "other weights");
        ModelBundle other = ModelBundle.pack(exported, DESCRIPTION);

        assertThat(second.bytes()).isEqualTo(first.bytes());
        assertThat(other.id()).isNotEqualTo(first.id());
    }

    @Test
    void whatIsNoBundleIsRefused() throws IOException {
        assertThatThrownBy(() -> ModelBundle.read("not a zip".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("model.json");
        assertThatThrownBy(() -> ModelBundle.read(zip(Map.of("model.json", "{\"classes\":".getBytes()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a model bundle");
    }

    @Test
    void exchangedWeightsAreRefused() throws IOException {
        Map<String, byte[]> entries = entries(ModelBundle.pack(exported, DESCRIPTION));
        entries.put("saved-model/variables/variables.index", "weights of somebody else".getBytes());

        assertThatThrownBy(() -> ModelBundle.read(zip(entries)).unpack(target))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not those its description names");
    }

    @Test
    void anAddedFileIsRefused() throws IOException {
        Map<String, byte[]> entries = entries(ModelBundle.pack(exported, DESCRIPTION));
        entries.put("saved-model/assets/more", "more".getBytes());

        assertThatThrownBy(() -> ModelBundle.read(zip(entries)).unpack(target))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEntryThatLeavesTheFolderIsRefusedBeforeItIsWritten() throws IOException {
        Map<String, byte[]> entries = entries(ModelBundle.pack(exported, DESCRIPTION));
        entries.put("saved-model/../../escaped", "outside".getBytes());

        assertThatThrownBy(() -> ModelBundle.read(zip(entries)).unpack(target))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leaves its folder");
        assertThat(folder.resolve("escaped")).doesNotExist();
        assertThat(folder.resolve("../escaped")).doesNotExist();
    }

    private static Map<String, byte[]> entries(ModelBundle bundle) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bundle.bytes()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
