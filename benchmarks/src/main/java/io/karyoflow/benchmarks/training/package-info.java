/**
 * How fast a trainer trains the 8-layer ConvNet at the size and the settings that {@code train_convnet.py} beside {@code
 * run} has for PyTorch.
 */
package io.karyoflow.benchmarks.training;
