package io.karyoflow.common.runtime;

import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.model.ModelDescription;

/** Answers every image with even probabilities, and tells what was done to it. */
final class FakeModel implements ServedModel {
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
    public float[] preprocess(ImageBatch images) {
        throw new UnsupportedOperationException();
    }

    @Override
    public float[][] logits(float[] inputs, int count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public float[] gradient(float[] inputs, int[] targets) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LastConvolution lastConvolution(float[] inputs, int[] targets) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        closed = true;
    }
}
