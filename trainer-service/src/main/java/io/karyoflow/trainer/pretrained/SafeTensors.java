package io.karyoflow.trainer.pretrained;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file: eight bytes that say how long its JSON header is (little-endian), the header, the numbers. Unlike a
 * pickled checkpoint it can hold no code. The header is checked in full before a number is read; tensors are mapped into
 * memory one at a time.
 */
public final class SafeTensors implements Tensors {
    private final Path file;
    private final long dataStart;
    private final Map<String, TensorEntry> entries;

    private SafeTensors(Path file, long dataStart, Map<String, TensorEntry> entries) {
        this.file = file;
        this.dataStart = dataStart;
        this.entries = entries;
    }

    /** @throws UnusableWeightsException if it is not there or not a whole safetensors file */
    public static SafeTensors open(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer length = little(ByteBuffer.allocate(Long.BYTES));
            fill(channel, length, file);
            long headerBytes = length.getLong(0);
            long dataStart = Long.BYTES + headerBytes;
            if (headerBytes < 2 || headerBytes > SafeTensorsHeader.MAX_BYTES || dataStart > channel.size()) {
                throw new UnusableWeightsException(file + " is no safetensors file: its header would have "
                        + Long.toUnsignedString(headerBytes) + " bytes, the file has " + channel.size());
            }
            ByteBuffer header = ByteBuffer.allocate((int) headerBytes);
            fill(channel, header, file);
            return new SafeTensors(
                    file,
                    dataStart,
                    SafeTensorsHeader.read(file.toString(), header.array(), channel.size() - dataStart));
        } catch (IOException e) {
            throw new UnusableWeightsException("cannot read the weights " + file + ": " + e, e);
        }
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    @Override
    public long[] shape(String name) {
        return entries.get(name).shape().clone();
    }

    @Override
    public float[] values(String name) {
        TensorEntry entry = entries.get(name);
        ElementType type = Arrays.stream(ElementType.values())
                .filter(known -> known.name().equals(entry.type()))
                .findFirst()
                .orElseThrow(() -> new UnusableWeightsException("tensor '" + name + "' of " + file + " has the type "
                        + entry.type() + "; networks can use " + Arrays.toString(ElementType.values())));
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer bytes =
                    little(channel.map(MapMode.READ_ONLY, dataStart + entry.begin(), entry.end() - entry.begin()));
            float[] values = new float[bytes.capacity() / type.bytes()];
            for (int i = 0; i < values.length; i++) {
                values[i] = type.at(bytes, i);
            }
            return values;
        } catch (IOException | IllegalArgumentException e) { // a map holds at most 2 GiB
            throw new UnusableWeightsException("cannot read tensor '" + name + "' of " + file + ": " + e, e);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }

    private static void fill(FileChannel channel, ByteBuffer buffer, Path file) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new UnusableWeightsException(
                        file + " is no safetensors file: it ends after " + channel.size() + " bytes");
            }
        }
    }

    private static ByteBuffer little(ByteBuffer buffer) {
        return buffer.order(ByteOrder.LITTLE_ENDIAN);
    }
}
