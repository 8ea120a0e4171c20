package io.karyoflow.trainer.pretrained;

import io.karyoflow.common.safetensors.BrokenSafeTensorsException;
import io.karyoflow.common.safetensors.SafeTensorsHeader;
import io.karyoflow.common.safetensors.TensorEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;

/** The numbers of a safetensors file. Its header is checked in full before one is read; tensors are mapped one at a time. */
public final class SafeTensors implements Tensors {
    private final Path file;
    private final String source;
    private final SafeTensorsHeader header;

    private SafeTensors(Path file, String source, SafeTensorsHeader header) {
        this.file = file;
        this.source = source;
        this.header = header;
    }

    /** @throws UnusableWeightsException if it is not there or not a whole safetensors file */
    public static SafeTensors open(Path file) {
        return open(file, file.toString());
    }

    /** The same of a copy. @param source what messages call it, since nobody knows the copy */
    static SafeTensors open(Path file, String source) {
        try {
            return new SafeTensors(file, source, SafeTensorsHeader.read(file));
        } catch (BrokenSafeTensorsException e) {
            throw new UnusableWeightsException("the weights " + source + " cannot be used: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UnusableWeightsException("cannot read the weights " + source + ": " + e, e);
        }
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(header.tensors().keySet());
    }

    @Override
    public long[] shape(String name) {
        return header.tensors().get(name).shape().clone();
    }

    @Override
    public float[] values(String name) {
        TensorEntry entry = header.tensors().get(name);
        ElementType type = Arrays.stream(ElementType.values())
                .filter(known -> known.name().equals(entry.type()))
                .findFirst()
                .orElseThrow(() -> new UnusableWeightsException("tensor '" + name + "' of " + source + " has the type "
                        + entry.type() + "; networks can use " + Arrays.toString(ElementType.values())));
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer bytes = channel.map(
                            MapMode.READ_ONLY, header.dataStart() + entry.begin(), entry.end() - entry.begin())
                    .order(ByteOrder.LITTLE_ENDIAN);
            float[] values = new float[bytes.capacity() / type.bytes()];
            for (int i = 0; i < values.length; i++) {
                values[i] = type.at(bytes, i);
            }
            return values;
        } catch (IOException | IllegalArgumentException e) { // a map holds at most 2 GiB
            throw new UnusableWeightsException("cannot read tensor '" + name + "' of " + source + ": " + e, e);
        }
    }

    @Override
    public String toString() {
        return source;
    }
}
