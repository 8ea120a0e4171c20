package io.karyoflow.ingest.dataset.split;

/** The images cannot be split as asked; the message says why and what to do. */
public class UnsplittableException extends Exception {
    public UnsplittableException(String reason) {
        super(reason);
    }
}
