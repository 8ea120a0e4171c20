package io.karyoflow.trainer.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.trainer.network.FormulaTensors;
import io.karyoflow.trainer.network.MobileNetV2;
import io.karyoflow.trainer.network.Network;
import io.karyoflow.trainer.network.ResNet50;
import io.karyoflow.trainer.network.ResNet50V2;
import io.karyoflow.trainer.network.TensorLayout;
import io.karyoflow.trainer.network.WeightCatalogue;
import io.karyoflow.trainer.network.WeightValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PretrainedWeightsTest {
    private static final Network NETWORK = new MobileNetV2(32, 3);
    private static final String EXPANSION = "mobilenetv20_features_linearbottleneck1_conv0_weight";

    private final Map<String, long[]> shapes = new LinkedHashMap<>();

    @BeforeEach
    void aFileThatFits() {
        describe(NETWORK);
    }

    @Test
    void everyTensorIsTakenInTensorFlowsOrderAndNoHead() {
        PretrainedWeights start = PretrainedWeights.of(NETWORK, file(), false);

        Map<String, WeightValues> all = FormulaTensors.weights(NETWORK);
        assertThat(start.missing()).isEmpty();
        assertThat(all).hasSize(53 * 5 + 2); // 53 convolutions with four numbers a channel, and the head's two
        assertThat(start.values().keySet())
                .hasSize(53 * 5)
                .isSubsetOf(all.keySet())
                .noneMatch(name -> name.contains("output"));
        start.values().forEach((name, weight) -> {
            assertThat(weight.shape()).as(name).isEqualTo(all.get(name).shape());
            assertThat(weight.values()).as(name).isEqualTo(all.get(name).values());
        });
    }

    @Test
    void headOfOtherClassesIsPassedOver() {
        shapes.put("mobilenetv20_output_pred_weight", new long[] {1000, 1280, 1, 1});

        assertThat(PretrainedWeights.of(NETWORK, file(), false).values()).hasSize(265);
    }

    @Test
    void anotherShapeIsNamedWithBoth() {
        shapes.put(EXPANSION, new long[] {96, 24, 1, 1});

        assertThatThrownBy(() -> PretrainedWeights.of(NETWORK, file(), true))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessageContaining("mobilenetv2")
                .hasMessageContaining("'" + EXPANSION + "' is [96, 24, 1, 1] there and [96, 16, 1, 1] in the network");
    }

    @Test
    void missingTensorsAreListedAndAllowedOnlyWhenAskedFor() {
        shapes.remove(EXPANSION);

        assertThatThrownBy(() -> PretrainedWeights.of(NETWORK, file(), false))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessageContaining(EXPANSION)
                .hasMessageContaining("allowMissingWeights");
        PretrainedWeights start = PretrainedWeights.of(NETWORK, file(), true);
        assertThat(start.missing()).containsExactly(EXPANSION);
        assertThat(start.values()).hasSize(264);
    }

    @Test
    void tensorsOfAnotherNetworkAreRefused() {
        shapes.put("mobilenetv20_features_linearbottleneck17_conv0_weight", new long[] {1});

        assertThatThrownBy(() -> PretrainedWeights.of(NETWORK, file(), true))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessageContaining("linearbottleneck17");
        assertThatThrownBy(() -> PretrainedWeights.of(new ResNet50V2(32, 4, 3), file(), true))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessageContaining("resnet50v2")
                .hasMessageContaining("more");
    }

    @Test
    void networkOfThreeStagesStartsFromFilesOfFourAndOfThree() {
        Network three = new ResNet50V2(32, 3, 3);
        shapes.clear();
        describe(three.published());

        PretrainedWeights ofFour = PretrainedWeights.of(three, file(), false);
        shapes.keySet().removeIf(tensor -> tensor.matches("resnetv24_stage4_conv.*|resnetv24_batchnorm2.*"));
        PretrainedWeights ofThree = PretrainedWeights.of(three, file(), false);

        assertThat(ofThree.values().keySet())
                .isEqualTo(ofFour.values().keySet())
                .contains("resnetv24_stage4_batchnorm0.mean")
                .noneMatch(name -> name.startsWith("resnetv24_stage4_batchnorm1"));
        assertThatThrownBy(() -> PretrainedWeights.of(three.published(), file(), false))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessageContaining("resnetv24_stage4_conv");
        shapes.put("resnetv24_stage4_conv9_weight", new long[] {1});
        assertThatThrownBy(() -> PretrainedWeights.of(three, file(), false))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessageContaining("resnetv24_stage4_conv9_weight");
        shapes.put("resnetv24_stage4_conv9_weight", new long[] {2048, 512, 1, 1});
        shapes.put("resnetv24_stage3_conv19_weight", new long[] {256, 1024, 1, 1});
        assertThatThrownBy(() -> PretrainedWeights.of(three, file(), false))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessageContaining("it has no resnetv24_stage3_conv19_weight");
    }

    @Test
    void namesAreThoseOfThePublishedFiles() {
        shapes.clear();
        describe(new ResNet50(32, 4, 3));
        assertThat(shapes)
                .hasSize(53 * 5 + 2)
                .containsEntry("conv1.weight", new long[] {64, 3, 7, 7})
                .containsKeys("bn1.running_var", "layer1.0.downsample.1.bias", "layer4.2.conv3.weight", "fc.weight");
        shapes.put("bn1.num_batches_tracked", new long[0]);
        assertThat(PretrainedWeights.of(new ResNet50(32, 4, 3), file(), false).values())
                .hasSize(53 * 5);

        shapes.clear();
        describe(new ResNet50V2(32, 4, 3));
        assertThat(shapes)
                .containsKeys("resnetv24_batchnorm0_gamma", "resnetv24_stage2_conv12_weight", "resnetv24_dense0_bias")
                .containsEntry("resnetv24_stage2_conv3_weight", new long[] {512, 256, 1, 1});
    }

    private void describe(Network network) {
        WeightCatalogue.of(network)
                .forEach((name, entry) ->
                        shapes.put(network.tensorNames().inFile(name), TensorLayout.shapeInFile(name, entry.shape())));
    }

    /** A file of the described tensors, filled by the formula. */
    private Tensors file() {
        return new Tensors() {
            @Override
            public Set<String> names() {
                return shapes.keySet();
            }

            @Override
            public long[] shape(String name) {
                return shapes.get(name);
            }

            @Override
            public float[] values(String name) {
                return FormulaTensors.values(name, shapes.get(name));
            }
        };
    }
}
