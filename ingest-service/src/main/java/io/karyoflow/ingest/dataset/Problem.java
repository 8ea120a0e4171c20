package io.karyoflow.ingest.dataset;

/**
 * What is wrong with one file of a data set.
 *
 * @param file as the CSV or the archive names it
 * @param kind for those who count
 * @param reason for people: what is wrong, and where it helps what to do
 */
public record Problem(String file, Kind kind, String reason) {

    public enum Kind {
        /** the CSV names a file that is not there */
        ROW_WITHOUT_FILE,
        /** a file that the CSV does not name */
        FILE_WITHOUT_ROW,
        /** a row without a file name */
        MISSING_FILENAME,
        MISSING_LABEL,
        /** neither an index into the classes nor one of their names */
        UNKNOWN_LABEL,
        /** other rows name their patient, slide or tile, this one does not */
        MISSING_GROUP,
        /** other rows have a fold, this one does not */
        MISSING_FOLD,
        /** not a number that a fold can have */
        UNKNOWN_FOLD,
        /** several rows name the file */
        NAMED_TWICE,
        /** several files have the name that the row gives */
        AMBIGUOUS_NAME,
        /** the same bytes as another file, with another label */
        SAME_BYTES_OTHER_LABEL,
        /** the same bytes as another file, with the same label: one copy is kept */
        DUPLICATE,
        /** zero bytes */
        EMPTY,
        NOT_AN_IMAGE,
        /** an image that is cut short or damaged */
        TRUNCATED,
        /** more pixels or bytes than the limit */
        TOO_LARGE,
        /** cannot be read from the disk or out of the archive */
        UNREADABLE,
        /** an archive entry or link that leads out of the folder */
        ESCAPES_FOLDER,
        /** the archive as a whole */
        UNREADABLE_ARCHIVE,
        /** the CSV as a whole */
        UNREADABLE_CSV;

        /** Whether a data set with such a problem is refused unless asked otherwise. A second copy does no harm. */
        boolean refuses() {
            return this != DUPLICATE;
        }
    }
}
