package io.karyoflow.launcher.weights;

import io.karyoflow.common.safetensors.BrokenSafeTensorsException;
import io.karyoflow.common.safetensors.SafeTensorsHeader;
import io.karyoflow.launcher.progress.JobFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A safetensors file, known to be whole: one that was cut short is found here, and not after the ConvNet's study.
 *
 * @param path the file
 * @param tensors their names
 */
public record WeightsFile(Path path, Set<String> tensors) {
    /** @throws JobFailure if it is not there or not a whole safetensors file */
    public static WeightsFile read(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new JobFailure("--weights: " + path + " is not a file");
        }
        try {
            Set<String> names = SafeTensorsHeader.read(path).tensors().keySet();
            return new WeightsFile(path, Collections.unmodifiableSet(new TreeSet<>(names)));
        } catch (BrokenSafeTensorsException e) {
            throw new JobFailure("--weights: " + e.getMessage() + ". docs/weights.md says how to make one", e);
        } catch (IOException e) {
            throw new JobFailure("--weights: cannot read " + path + ": " + e, e);
        }
    }
}
