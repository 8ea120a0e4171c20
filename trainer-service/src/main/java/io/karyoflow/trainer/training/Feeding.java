package io.karyoflow.trainer.training;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.op.Op;

/** One run of a graph over a batch; owns the tensors that are fed to it. */
public final class Feeding implements AutoCloseable {
    private final Session.Runner runner;
    private final List<Tensor> fed = new ArrayList<>();

    public Feeding(Session session) {
        this.runner = session.runner();
    }

    public void feed(Operand<?> where, Tensor value) {
        fed.add(value);
        runner.feed(where, value);
    }

    /** A matrix by rows. */
    public static float[][] rows(Tensor tensor) {
        int rows = Math.toIntExact(tensor.shape().get(0));
        int columns = Math.toIntExact(tensor.shape().get(1));
        float[] flat = new float[rows * columns];
        tensor.asRawTensor().data().asFloats().read(flat);
        float[][] split = new float[rows][columns];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(flat, row * columns, split[row], 0, columns);
        }
        return split;
    }

    /**
     * @param wanted tensors to be returned, in order; operations without a result are only run
     * @throws OutOfMemoryError if it does not fit into the device's memory
     */
    public Result run(Op... wanted) {
        for (Op one : wanted) {
            if (one instanceof Operand<?> operand) {
                runner.fetch(operand);
            } else {
                runner.addTarget(one);
            }
        }
        try {
            return runner.run();
        } catch (TFResourceExhaustedException e) {
            OutOfMemoryError error = new OutOfMemoryError(e.getMessage());
            error.initCause(e);
            throw error;
        }
    }

    @Override
    public void close() {
        fed.forEach(Tensor::close);
    }
}
