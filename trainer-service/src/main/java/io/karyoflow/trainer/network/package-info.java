/**
 * Networks as TensorFlow operations: {@code ConvNet}, {@code ResNet50}, {@code ResNet50V2} and {@code MobileNetV2} read
 * downwards, one paragraph a layer or a stage. The same code builds the graph that learns (variables, batch statistics,
 * dropout) and the one that is exported (constants, moving averages). Knows nothing of how weights are trained, where those
 * that were learned elsewhere lie, or where images come from.
 */
package io.karyoflow.trainer.network;
