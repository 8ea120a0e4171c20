/**
 * Images to train on. A data set is read from its source once for each host, decoded, and kept in files that all slots and
 * processes map into memory ({@code DatasetCache}); {@code Batches} cuts them into batches, and {@code VaryImages} varies
 * what is learned from. Plain Java: where images come from is behind {@code ImageSource}.
 */
package io.karyoflow.trainer.data;
