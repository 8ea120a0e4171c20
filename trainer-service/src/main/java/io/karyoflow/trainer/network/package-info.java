/**
 * The network as TensorFlow operations: {@code ConvNet} reads downwards, one paragraph a layer. The same code builds the
 * graph that learns (variables, batch statistics, dropout) and the one that is exported (constants, moving averages).
 * Knows nothing of how weights are trained or where images come from.
 */
package io.karyoflow.trainer.network;
