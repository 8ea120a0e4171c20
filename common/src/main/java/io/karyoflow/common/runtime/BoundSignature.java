package io.karyoflow.common.runtime;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.tensorflow.engine.SavedModelBundle;
import ai.djl.tensorflow.engine.TfSymbolBlock;
import ai.djl.training.ParameterStore;
import java.util.List;
import java.util.function.Function;

/**
 * One signature of a loaded SavedModel, by the names of its inputs and outputs. DJL takes the first signature where the
 * wanted one is missing, and orders inputs and outputs by name; so both are checked and never taken by position.
 */
final class BoundSignature {
    private final TfSymbolBlock block;
    private final List<String> inputs;

    /** @throws IllegalArgumentException if the bundle has no such signature, or one with other inputs or outputs */
    BoundSignature(SavedModelBundle bundle, String key, List<String> inputs, List<String> outputs) {
        if (!bundle.getMetaGraphDef().containsSignatureDef(key)) {
            throw new IllegalArgumentException("the SavedModel has no signature '" + key + "', only "
                    + bundle.getMetaGraphDef().getSignatureDefMap().keySet());
        }
        this.block = new TfSymbolBlock(bundle, key);
        this.inputs = inputs;
        check(key, "inputs", block.describeInput().keys(), inputs);
        check(key, "outputs", block.describeOutput().keys(), outputs);
    }

    /**
     * Runs the signature. Everything native is freed on return.
     *
     * @param arguments makes the arrays, in the order of the inputs' names given at construction
     * @param result reads what is wanted from the outputs
     */
    <T> T run(NDManager models, Function<NDManager, List<NDArray>> arguments, Function<Outputs, T> result) {
        try (NDManager call = models.newSubManager()) {
            NDList list = new NDList(arguments.apply(call));
            for (int i = 0; i < inputs.size(); i++) {
                list.get(i).setName(inputs.get(i));
            }
            // outputs belong to their inputs' manager
            return result.apply(new Outputs(block.forward(new ParameterStore(call, false), list, false)));
        }
    }

    private static void check(String key, String kind, List<String> found, List<String> wanted) {
        if (!found.containsAll(wanted)) {
            throw new IllegalArgumentException(
                    "signature '" + key + "' of the SavedModel has the " + kind + " " + found + ", not " + wanted);
        }
    }

    /** A signature's outputs by name. */
    record Outputs(NDList list) {

        long[] shape(String name) {
            return named(name).getShape().getShape();
        }

        /** All values, row-major. */
        float[] flat(String name) {
            return named(name).toFloatArray();
        }

        /** The rows of a [N][C] output. */
        float[][] rows(String name) {
            NDArray array = named(name);
            int rows = Math.toIntExact(array.getShape().get(0));
            int columns = Math.toIntExact(array.getShape().get(1));
            float[] flat = array.toFloatArray();
            float[][] values = new float[rows][];
            for (int row = 0; row < rows; row++) {
                values[row] = java.util.Arrays.copyOfRange(flat, row * columns, (row + 1) * columns);
            }
            return values;
        }

        private NDArray named(String name) {
            return list.stream()
                    .filter(array -> name.equals(array.getName()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the signature did not answer " + name));
        }
    }
}
