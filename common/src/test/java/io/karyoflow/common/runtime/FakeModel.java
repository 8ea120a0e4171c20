package io.karyoflow.common.runtime;

import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.model.ModelDescription;

/** Answers every image with even probabilities, and tells what was done to it. */
final class FakeModel implements OpenClassifier {
    private final ModelBundle bundle;
    int calls;
    boolean closed;
    float sum = 1;

    FakeModel(ModelBundle bundle) {
        this.bundle = bundle;
    }

    @Override
    public String id() {
        return bundle.id();
    }

    @Override
    public ModelDescription description() {
        return bundle.description();
    }

    @Override
    public Classification classify(ImageBatch images) {
        calls++;
        int classes = description().classes().size();
        float[][] rows = new float[images.count()][classes];
        for (float[] row : rows) {
            java.util.Arrays.fill(row, sum / classes);
        }
        return new Classification(rows, new float[images.count()][classes]);
    }

    @Override
    public void close() {
        closed = true;
    }
}
