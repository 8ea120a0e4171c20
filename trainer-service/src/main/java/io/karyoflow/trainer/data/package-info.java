/**
 * Images to train on. A data set is read from its source once for each host, decoded, and kept in a file that all slots
 * and processes map into memory; {@code Batches} shuffles and turns what it reads from there. Plain Java: where images
 * come from is behind {@code ImageSource}.
 */
package io.karyoflow.trainer.data;
