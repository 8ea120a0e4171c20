package io.karyoflow.trainer.trial;

import io.karyoflow.trainer.evaluation.Predictions;
import io.karyoflow.trainer.network.WeightValues;
import io.karyoflow.trainer.training.TrainingState;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A checkpoint as bytes, numbers big-endian: format, epoch, step, training time (nanoseconds), plateau (best, epochs since),
 * predictions (count, classes; label and logits of each), steps, and three groups of tensors (weights, averages, memory),
 * each a count and then name, dimensions and float32 values.
 */
public final class CheckpointFormat {
    private static final int FORMAT = 2;
    private static final int CHUNK = 8192;

    private CheckpointFormat() {}

    /** Bytes of the tensors, which is nearly all of it. */
    public static long tensorBytes(Checkpoint checkpoint) {
        TrainingState state = checkpoint.state();
        return bytes(state.weights()) + bytes(state.averages()) + bytes(state.memory());
    }

    public static void write(Checkpoint checkpoint, DataOutputStream to) throws IOException {
        to.writeInt(FORMAT);
        to.writeInt(checkpoint.epoch());
        to.writeInt(checkpoint.step());
        to.writeLong(checkpoint.trainingTime().toNanos());
        to.writeDouble(checkpoint.plateau().best());
        to.writeInt(checkpoint.plateau().epochsSince());
        Predictions learned = checkpoint.learned();
        to.writeInt(learned.size());
        to.writeInt(learned.classes());
        for (int i = 0; i < learned.size(); i++) {
            to.writeInt(learned.label(i));
            write(learned.logits(i), to);
        }
        TrainingState state = checkpoint.state();
        to.writeLong(state.steps());
        write(state.weights(), to);
        write(state.averages(), to);
        write(state.memory(), to);
    }

    /** @throws IOException if it was written in another format */
    public static Checkpoint read(DataInputStream from) throws IOException {
        int format = from.readInt();
        if (format != FORMAT) {
            throw new IOException("it has the format " + format + ", this program reads " + FORMAT);
        }
        int epoch = from.readInt();
        int step = from.readInt();
        Duration trainingTime = Duration.ofNanos(from.readLong());
        Plateau plateau = new Plateau(from.readDouble(), from.readInt());
        int size = from.readInt();
        int classes = from.readInt();
        Predictions learned = new Predictions(classes);
        for (int i = 0; i < size; i++) {
            int[] label = {from.readInt()};
            learned.add(new float[][] {floats(classes, from)}, label);
        }
        TrainingState state = new TrainingState(from.readLong(), tensors(from), tensors(from), tensors(from));
        return new Checkpoint(epoch, step, trainingTime, learned, plateau, state);
    }

    private static long bytes(Map<String, WeightValues> tensors) {
        return tensors.values().stream()
                .mapToLong(tensor -> (long) Float.BYTES * tensor.values().length)
                .sum();
    }

    private static void write(Map<String, WeightValues> tensors, DataOutputStream to) throws IOException {
        to.writeInt(tensors.size());
        for (Map.Entry<String, WeightValues> tensor : tensors.entrySet()) {
            to.writeUTF(tensor.getKey());
            long[] shape = tensor.getValue().shape();
            to.writeInt(shape.length);
            for (long dimension : shape) {
                to.writeLong(dimension);
            }
            write(tensor.getValue().values(), to);
        }
    }

    private static Map<String, WeightValues> tensors(DataInputStream from) throws IOException {
        Map<String, WeightValues> tensors = new LinkedHashMap<>();
        int count = from.readInt();
        for (int i = 0; i < count; i++) {
            String name = from.readUTF();
            long[] shape = new long[from.readInt()];
            long size = 1;
            for (int dimension = 0; dimension < shape.length; dimension++) {
                shape[dimension] = from.readLong();
                size *= shape[dimension];
            }
            tensors.put(name, new WeightValues(shape, floats(Math.toIntExact(size), from)));
        }
        return tensors;
    }

    private static void write(float[] values, DataOutputStream to) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(Float.BYTES * Math.min(CHUNK, values.length));
        for (int at = 0; at < values.length; at += CHUNK) {
            int count = Math.min(CHUNK, values.length - at);
            chunk.asFloatBuffer().put(values, at, count);
            to.write(chunk.array(), 0, Float.BYTES * count);
        }
    }

    private static float[] floats(int count, DataInputStream from) throws IOException {
        float[] values = new float[count];
        byte[] chunk = new byte[Float.BYTES * Math.min(CHUNK, count)];
        for (int at = 0; at < count; at += CHUNK) {
            int some = Math.min(CHUNK, count - at);
            from.readFully(chunk, 0, Float.BYTES * some);
            ByteBuffer.wrap(chunk).asFloatBuffer().get(values, at, some);
        }
        return values;
    }
}
