package io.karyoflow.ingest.web;

import io.karyoflow.ingest.label.StoredLabel;
import java.io.IOException;
import java.io.OutputStream;

/** A form in which labels are given out, one after the other. */
interface LabelFormat {
    String CSV = "text/csv";
    String JSON = "application/json";
    String GEO_JSON = "application/geo+json";

    /**
     * Writes all, and the end of the document only if none failed, so that a part is not taken for the whole.
     *
     * @param out is flushed, not closed
     */
    void write(Iterable<StoredLabel> labels, OutputStream out) throws IOException;
}
