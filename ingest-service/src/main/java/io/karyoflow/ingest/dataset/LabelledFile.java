package io.karyoflow.ingest.dataset;

import io.karyoflow.common.dataset.ImageFiles.ImageFile;

/**
 * A file that has passed every check, not held in memory.
 *
 * @param filename as in the CSV
 * @param label index into the classes
 * @param group patient, slide or tile, or null if the data names none
 * @param fold that the data puts it in, or null if it leaves that to us
 * @param id SHA-256 of its bytes
 * @param contentType for example {@code image/png}
 */
record LabelledFile(
        ImageFile file, String filename, int label, String group, Integer fold, String id, String contentType) {}
