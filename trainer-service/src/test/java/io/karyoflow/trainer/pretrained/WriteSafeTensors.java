package io.karyoflow.trainer.pretrained;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes weights files for tests. */
public final class WriteSafeTensors {
    private WriteSafeTensors() {}

    /** One tensor of 32-bit numbers. */
    public record Tensor(long[] shape, float[] values) {}

    public static Path to(Path file, Map<String, Tensor> tensors) throws IOException {
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        header.putObject("__metadata__").put("format", "pt");
        int bytes = 0;
        for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
            ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", "F32");
            for (long dimension : tensor.getValue().shape()) {
                entry.withArray("shape").add(dimension);
            }
            entry.withArray("shape");
            entry.withArray("data_offsets").add(bytes);
            bytes += 4 * tensor.getValue().values().length;
            entry.withArray("data_offsets").add(bytes);
        }
        ByteBuffer data = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        tensors.values().forEach(tensor -> {
            for (float value : tensor.values()) {
                data.putFloat(value);
            }
        });
        return raw(file, header.toString(), data.array());
    }

    /** A file of exactly this header and these bytes, right or wrong. */
    static Path raw(Path file, String header, byte[] data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer length =
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, json.length);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(length.array());
            out.write(json);
            out.write(data);
        }
        return file;
    }
}
