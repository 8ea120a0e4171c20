package io.karyoflow.trainer.network;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What a network makes of a batch of N images.
 *
 * @param activations [N, a, b, K], 0 or more: the last convolution block's output after rectification and before pooling,
 *     the deepest place where a feature still has a position in the image
 * @param features [N, F], what the head is given
 * @param logits [N, C]
 */
public record NetworkOutputs(Operand<TFloat32> activations, Operand<TFloat32> features, Operand<TFloat32> logits) {}
