package io.karyoflow.common.runtime;

/** A classifier that holds memory, and answers no more once it is closed. */
public interface OpenClassifier extends Classifier, AutoCloseable {
    @Override
    void close();
}
