package io.karyoflow.ingest.scanner;

/** Hears what became of files, to count them. */
public interface ScanListener {
    void published(int files);

    void rejected(String file, String reason);
}
