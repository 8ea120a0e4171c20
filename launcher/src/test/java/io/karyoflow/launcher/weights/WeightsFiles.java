package io.karyoflow.launcher.weights;

import io.karyoflow.common.message.MessageJson;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Safetensors files whose tensors have names but no numbers, and the names that publishers give them. */
public final class WeightsFiles {
    private WeightsFiles() {}

    /** @return the file, written */
    public static Path write(Path file, Collection<String> tensors) throws IOException {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("__metadata__", Map.of("source", "a test"));
        tensors.forEach(
                name -> header.put(name, Map.of("dtype", "F32", "shape", List.of(0), "data_offsets", List.of(0, 0))));
        return write(file, MessageJson.write(header));
    }

    static Path write(Path file, byte[] header) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeLong(Long.reverseBytes(header.length));
            out.write(header);
        }
        return file;
    }

    /** torchvision's ResNets of bottlenecks, by their blocks in each stage: 3, 4, 6, 3 for ResNet-50. */
    static List<String> torchvision(int... blocks) {
        List<String> names = new ArrayList<>(List.of("conv1.weight", "bn1.weight", "bn1.num_batches_tracked"));
        for (int stage = 0; stage < blocks.length; stage++) {
            for (int block = 0; block < blocks[stage]; block++) {
                for (int convolution = 1; convolution <= 3; convolution++) {
                    names.add("layer" + (stage + 1) + "." + block + ".conv" + convolution + ".weight");
                }
            }
        }
        names.addAll(List.of("fc.weight", "fc.bias"));
        return names;
    }

    /** The ONNX model zoo's ResNets of version 2, by their convolutions in each stage: 10, 13, 19, 10 for resnet50-v2-7. */
    static List<String> resNet50V2(int... convolutions) {
        List<String> names = new ArrayList<>(List.of("resnetv24_batchnorm0_gamma", "resnetv24_conv0_weight"));
        for (int stage = 0; stage < convolutions.length; stage++) {
            for (int number = 0; number < convolutions[stage]; number++) {
                names.add("resnetv24_stage" + (stage + 1) + "_conv" + number + "_weight");
            }
        }
        return names;
    }

    /** The ONNX model zoo's mobilenetv2-7, without its classifier. */
    public static List<String> mobileNetV2() {
        List<String> names = new ArrayList<>(
                List.of("mobilenetv20_features_conv0_weight", "mobilenetv20_features_batchnorm0_gamma"));
        for (int bottleneck = 0; bottleneck <= 16; bottleneck++) {
            for (int convolution = 0; convolution <= 2; convolution++) {
                names.add("mobilenetv20_features_linearbottleneck" + bottleneck + "_conv" + convolution + "_weight");
            }
        }
        names.add("mobilenetv20_features_conv1_weight");
        return names;
    }
}
