package io.karyoflow.common.message;

/**
 * An image of a data set, as {@code images} carries it: the encoded file is the record's value, all else its headers.
 *
 * @param id SHA-256 of {@code bytes}, 64 hexadecimal digits; also the record's key
 * @param dataset the data set's id
 * @param filename as in the data set's CSV
 * @param label index into the data set's classes, from 0
 * @param fold which of the data set's folds the image belongs to, from 0; a study validates on one and trains on the rest
 * @param group patient, slide or tile, or null where the data names none; no group is in two folds
 * @param contentType for example {@code image/png}
 * @param bytes the encoded image, as it came
 */
public record LabelledImage(
        String id,
        String dataset,
        String filename,
        int label,
        int fold,
        String group,
        String contentType,
        byte[] bytes) {}
