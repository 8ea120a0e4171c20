/**
 * Weights that were learned elsewhere: a {@code SafeTensors} file is found, checked tensor by tensor against the network
 * that shall start from it, and brought into the order of dimensions that TensorFlow wants. Knows nothing of graphs.
 */
package io.karyoflow.trainer.pretrained;
