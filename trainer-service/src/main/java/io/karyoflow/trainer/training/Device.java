package io.karyoflow.trainer.training;

import io.karyoflow.common.message.Precision;
import io.karyoflow.common.runtime.TensorFlowLibraries;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.op.Ops;

/**
 * What TensorFlow trains on.
 *
 * @param name {@code CPU} or {@code GPU:0}
 * @param tensorFlow TensorFlow's version
 */
public record Device(String name, String tensorFlow) {

    /** The first GPU if a sum can be computed there, otherwise the CPU. Loads TensorFlow. */
    public static Device detect() {
        TensorFlowLibraries.load();
        return new Device(hasGpu() ? "GPU:0" : "CPU", TensorFlow.version());
    }

    private static boolean hasGpu() {
        DeviceSpec gpu = DeviceSpec.newBuilder()
                .deviceType(DeviceSpec.DeviceType.GPU)
                .deviceIndex(0)
                .build();
        try (Graph graph = new Graph();
                Session session = new Session(graph, Compute.ONE_THREAD.configuration(Precision.FP32, 1))) {
            Ops tf = Ops.create(graph);
            Result sum = session.runner()
                    .fetch(tf.withDevice(gpu).math.add(tf.constant(1f), tf.constant(1f)))
                    .run();
            sum.close();
            return true;
        } catch (TFInvalidArgumentException e) {
            return false; // there is no such device
        }
    }
}
