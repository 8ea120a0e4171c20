package io.karyoflow.launcher.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.launcher.progress.JobFailure;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PretrainedNetworkTest {
    @Test
    void aNetworkIsKnownByTheNamesOfItsTensors() {
        assertThat(PretrainedNetwork.of(file(WeightsFiles.torchvision(3, 4, 6, 3))))
                .isEqualTo(PretrainedNetwork.RESNET50);
        assertThat(PretrainedNetwork.of(file(WeightsFiles.resNet50V2(10, 13, 19, 10))))
                .isEqualTo(PretrainedNetwork.RESNET50V2);
        assertThat(PretrainedNetwork.of(file(WeightsFiles.mobileNetV2()))).isEqualTo(PretrainedNetwork.MOBILENETV2);
    }

    @Test
    void aDeeperNetworkOfTheSameFamilyIsNone() {
        assertThatThrownBy(() -> PretrainedNetwork.of(file(WeightsFiles.torchvision(3, 4, 23, 3))))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("no network here");
        assertThatThrownBy(() -> PretrainedNetwork.RESNET50.requireIn(file(WeightsFiles.torchvision(3, 4, 23, 3))))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("deeper network than resnet50");
    }

    @Test
    void whatFitsNoneIsToldWhatIsNeededAndWhereToRead() {
        assertThatThrownBy(() -> PretrainedNetwork.of(
                        file(List.of("features.0.weight", "features.1.weight", "features.2.weight", "x"))))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("weights.safetensors (features.0.weight, features.1.weight, features.2.weight,"
                        + " ... 4 in all)")
                .hasMessageContainingAll("resnet50 names as in torchvision's", "mobilenetv20_features_conv0_weight")
                .hasMessageContaining("docs/weights.md");
    }

    @Test
    void weightsThatLackALayerAreRefusedByItsName() {
        WeightsFile file = file(WeightsFiles.resNet50V2(10, 12, 19, 10));
        assertThatThrownBy(() -> PretrainedNetwork.of(file).requireIn(file))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("all weights of resnet50v2")
                .hasMessageContaining("lacks resnetv24_stage2_conv12_weight");
    }

    @Test
    void theLastStagesOfAResNetMayBeLeftOut() {
        WeightsFile file = file(WeightsFiles.resNet50V2(10, 13));
        assertThatCode(() -> PretrainedNetwork.of(file).requireIn(file)).doesNotThrowAnyException();
    }

    @Test
    void aNetworkThatIsNamedMustBeTheFiles() {
        WeightsFile file = file(WeightsFiles.mobileNetV2());
        assertThatCode(() -> PretrainedNetwork.MOBILENETV2.requireIn(file)).doesNotThrowAnyException();
        assertThatThrownBy(() -> PretrainedNetwork.RESNET50.requireIn(file))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("lacks layer1.0.conv3.weight");
    }

    private static WeightsFile file(Collection<String> tensors) {
        return new WeightsFile(Path.of("weights.safetensors"), new java.util.TreeSet<>(Set.copyOf(tensors)));
    }
}
