package io.karyoflow.launcher.weights;

import com.fasterxml.jackson.databind.JsonNode;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.UnreadableMessageException;
import io.karyoflow.launcher.progress.JobFailure;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A safetensors file: eight bytes that say how long its JSON header is (little-endian), the header, the numbers. Only the
 * names of the tensors are read here; the trainers check everything else.
 *
 * @param path the file
 * @param tensors their names
 */
public record WeightsFile(Path path, Set<String> tensors) {
    /** the format's own limit */
    private static final long MAX_HEADER_BYTES = 100_000_000;

    private static final String METADATA = "__metadata__";

    /** @throws JobFailure if it is not there or not a safetensors file */
    public static WeightsFile read(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new JobFailure("--weights: " + path + " is not a file");
        }
        try (DataInputStream file = new DataInputStream(Files.newInputStream(path))) {
            long headerBytes = Long.reverseBytes(file.readLong());
            if (headerBytes < 2 || headerBytes > Math.min(MAX_HEADER_BYTES, Files.size(path) - Long.BYTES)) {
                throw noSafetensors(path, "its first eight bytes are no length of a header");
            }
            return new WeightsFile(path, tensors(path, file.readNBytes((int) headerBytes)));
        } catch (EOFException e) {
            throw noSafetensors(path, "it has fewer than eight bytes");
        } catch (IOException e) {
            throw new JobFailure("--weights: cannot read " + path + ": " + e, e);
        }
    }

    private static Set<String> tensors(Path path, byte[] header) {
        try {
            JsonNode tensors = MessageJson.read(header, JsonNode.class);
            if (!tensors.isObject()) {
                throw noSafetensors(path, "its header is not a JSON object");
            }
            Set<String> names = new TreeSet<>();
            tensors.fieldNames().forEachRemaining(names::add);
            names.remove(METADATA);
            return Collections.unmodifiableSet(names);
        } catch (UnreadableMessageException e) {
            throw noSafetensors(path, "its header is not JSON");
        }
    }

    private static JobFailure noSafetensors(Path path, String reason) {
        return new JobFailure("--weights: " + path + " is no safetensors file: " + reason + ". The README, under"
                + " \"Networks and pretrained weights\", says how to make one");
    }
}
