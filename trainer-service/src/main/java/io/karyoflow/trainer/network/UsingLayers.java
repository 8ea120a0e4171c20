package io.karyoflow.trainer.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Layers of a network in use: normalised by the moving averages, nothing dropped; each image by itself. */
public final class UsingLayers extends Layers {

    public UsingLayers(Ops tf, Weights weights) {
        super(tf, weights);
    }

    @Override
    public Operand<TFloat32> dropout(Operand<TFloat32> x) {
        return x;
    }

    @Override
    public Operand<TFloat32> normalise(String name, Operand<TFloat32> x, float epsilon) {
        return byMovingAverages(batchNormalisation(name, x), x, epsilon);
    }
}
