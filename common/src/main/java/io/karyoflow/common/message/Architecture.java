package io.karyoflow.common.message;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The networks that trainers can build. */
public enum Architecture {
    /** six convolutions in three pairs and two dense layers */
    @JsonProperty("convnet")
    CONVNET,
    /** ResNet-50 v1.5, with torchvision's tensor names */
    @JsonProperty("resnet50")
    RESNET50,
    /** ResNet-50 with rectification before each convolution, with the tensor names of the ONNX model zoo */
    @JsonProperty("resnet50v2")
    RESNET50V2,
    /** MobileNetV2, with the tensor names of the ONNX model zoo */
    @JsonProperty("mobilenetv2")
    MOBILENETV2
}
