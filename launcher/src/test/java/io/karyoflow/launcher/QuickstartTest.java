package io.karyoflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.launcher.weights.WeightsFiles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class QuickstartTest {
    @TempDir
    Path folder;

    private final StringWriter errors = new StringWriter();

    @Test
    void anUnknownOptionIsAUsageError() {
        assertThat(run("--speed", "fast")).isEqualTo(2);
        assertThat(errors.toString()).contains("--speed").contains("Usage: quickstart");
    }

    @Test
    void aStudyNeedsAtLeastOneTrialOfOneEpoch() {
        assertThat(run("--trials", "0")).isEqualTo(2);
        assertThat(run("--epochs", "-1")).isEqualTo(2);
        assertThat(errors.toString())
                .contains("--trials must be at least 1, not 0")
                .contains("--epochs must be at least 1, not -1");
    }

    @Test
    void aFolderThatIsNoneIsNamed() {
        assertThat(run("--data", folder.resolve("nowhere").toString())).isEqualTo(1);
        assertThat(errors.toString()).contains("nowhere is not a folder");
    }

    @Test
    void allThatIsMissingInADataFolderIsNamed() throws Exception {
        assertThat(run("--data", folder.toString())).isEqualTo(1);
        assertThat(errors.toString()).contains("train.csv").contains("train.zip");

        errors.getBuffer().setLength(0);
        Files.writeString(folder.resolve("train.csv"), "Filename,Label\n");
        assertThat(run("--data", folder.toString())).isEqualTo(1);
        assertThat(errors.toString()).contains("there is no train.zip or a folder train/");
    }

    @Test
    void dataThatCouldNotBeUsedInTheEndAreRefusedBeforeAnythingIsStarted() throws Exception {
        Files.createDirectory(folder.resolve("train"));
        Files.writeString(folder.resolve("train.csv"), "Filename,Label\n1.png,0\n");
        Files.writeString(folder.resolve("example.csv"), "Filename\n1.png\n");
        assertThat(run("--data", folder.toString())).isEqualTo(1);
        assertThat(errors.toString()).contains("example.csv: the column Label is missing");

        errors.getBuffer().setLength(0);
        Files.delete(folder.resolve("example.csv"));
        for (String slide : List.of("slide7", "slide9")) {
            Files.createFile(Files.createDirectories(folder.resolve("test").resolve(slide))
                    .resolve("1.png"));
        }
        assertThat(run("--data", folder.toString())).isEqualTo(1);
        assertThat(errors.toString()).contains("two files of the same name", "rename one");
    }

    @Test
    void weightsThatNoNetworkCanUseAreRefusedBeforeAnythingIsStarted() throws Exception {
        assertThat(run("--weights", folder.resolve("nowhere").toString())).isEqualTo(1);
        assertThat(errors.toString()).contains("--weights:", "nowhere is not a file");

        errors.getBuffer().setLength(0);
        Path pickle = Files.writeString(folder.resolve("resnet50.pth"), "a pickle in a zip archive");
        assertThat(run("--weights", pickle.toString())).isEqualTo(1);
        assertThat(errors.toString()).contains("is no safetensors file");

        errors.getBuffer().setLength(0);
        Path unknown = WeightsFiles.write(folder.resolve("vgg.safetensors"), List.of("features.0.weight"));
        assertThat(run("--weights", unknown.toString())).isEqualTo(1);
        assertThat(errors.toString()).contains("features.0.weight", "resnet50", "mobilenetv2");

        errors.getBuffer().setLength(0);
        Path mobileNet = WeightsFiles.write(folder.resolve("mobile.safetensors"), WeightsFiles.mobileNetV2());
        assertThat(run("--weights", mobileNet.toString(), "--architecture", "resnet50"))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("does not hold all weights of resnet50");
    }

    @Test
    void usableWeightsPassTheChecks() throws Exception {
        String mobileNet = WeightsFiles.write(folder.resolve("mobile.safetensors"), WeightsFiles.mobileNetV2())
                .toString();
        for (String[] more : new String[][] {{}, {"--architecture", "mobilenetv2"}}) {
            errors.getBuffer().setLength(0);
            List<String> arguments = new ArrayList<>(List.of("--weights", mobileNet));
            arguments.addAll(List.of("--out", folder.resolve("out").toString()));
            arguments.addAll(List.of(more));
            assertThat(run(arguments.toArray(String[]::new))).isEqualTo(1);
            assertThat(errors.toString()).as("what comes next").contains("quarkus-run.jar is missing");
        }
    }

    @Test
    void whatIsSaidOfAPretrainedNetworkNeedsItsWeights() throws Exception {
        assertThat(run("--architecture", "resnet50")).isEqualTo(2);
        assertThat(errors.toString()).contains("--weights");

        errors.getBuffer().setLength(0);
        String file = WeightsFiles.write(folder.resolve("w.safetensors"), WeightsFiles.mobileNetV2())
                .toString();
        assertThat(run("--weights", file, "--architecture", "vgg16")).isEqualTo(2);
        assertThat(errors.toString()).contains("vgg16", "mobilenetv2", "resnet50", "resnet50v2");

        errors.getBuffer().setLength(0);
        assertThat(run("--weights", file, "--pretrained-trials", "0")).isEqualTo(2);
        assertThat(errors.toString()).contains("--pretrained-trials must be at least 1, not 0");
    }

    @Test
    void theHelpNamesEveryOption() {
        StringWriter help = new StringWriter();
        Quickstart.commandLine(folder, false).usage(new PrintWriter(help));
        assertThat(help.toString().replaceAll("\\s+", " "))
                .contains("--data", "--weights", "--architecture", "--pretrained-trials", "--pretrained-epochs")
                .contains("mobilenetv2, resnet50, resnet50v2");
    }

    @Test
    void anOutputFolderThatIsNoneIsNamedBeforeAnythingIsStarted() throws Exception {
        Path file = Files.createFile(folder.resolve("README.md"));

        assertThat(run("--out", file.toString())).isEqualTo(1);

        assertThat(errors.toString()).contains("--out: ", file.toString());
    }

    @Test
    void servicesThatAreNotBuiltAreNamed() {
        assertThat(run("--out", folder.resolve("out").toString())).isEqualTo(1);
        assertThat(errors.toString())
                .contains("ingest-service/target/quarkus-app/quarkus-run.jar is missing")
                .contains("mvn package");
    }

    private int run(String... arguments) {
        CommandLine command = Quickstart.commandLine(folder, false);
        command.setErr(new PrintWriter(errors));
        return command.execute(arguments);
    }
}
