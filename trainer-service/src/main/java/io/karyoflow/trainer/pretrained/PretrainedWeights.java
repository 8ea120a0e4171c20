package io.karyoflow.trainer.pretrained;

import io.karyoflow.trainer.network.Network;
import io.karyoflow.trainer.network.TensorLayout;
import io.karyoflow.trainer.network.TensorNames;
import io.karyoflow.trainer.network.WeightCatalogue;
import io.karyoflow.trainer.network.WeightValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a network starts from. The head is never among it: it tells other classes apart than those of the weights' data set.
 *
 * @param values by the network's names, in TensorFlow's order of dimensions
 * @param missing tensors, by the file's names, that the network needs and the file lacks; they start at random
 */
public record PretrainedWeights(Map<String, WeightValues> values, List<String> missing) {
    public static final PretrainedWeights NONE = new PretrainedWeights(Map.of(), List.of());

    private static final int NAMED_IN_MESSAGES = 10;

    /**
     * Every tensor of the network is looked for, those of the {@linkplain Network#published() published} one are compared in
     * shape, and the file may hold no others: weights of a deeper network of the same family would fit by name and shape,
     * and be wrong.
     *
     * @param allowMissing whether tensors may be missing
     * @throws UnusableWeightsException that names the tensors in question
     */
    public static PretrainedWeights of(Network network, Tensors file, boolean allowMissing) {
        TensorNames names = network.tensorNames();
        Map<String, WeightValues> values = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        List<String> misshapen = new ArrayList<>();
        Set<String> unexpected = new LinkedHashSet<>(file.names());
        unexpected.removeIf(names::isBookkeeping);
        Set<String> wanted = WeightCatalogue.of(network).keySet();
        WeightCatalogue.of(network.published()).forEach((name, entry) -> {
            String tensor = names.inFile(name);
            unexpected.remove(tensor);
            long[] shape = TensorLayout.shapeInFile(name, entry.shape());
            if (entry.part().equals(Network.HEAD)) {
                return;
            }
            if (!file.names().contains(tensor)) {
                if (wanted.contains(name)) {
                    missing.add(tensor);
                }
            } else if (!Arrays.equals(file.shape(tensor), shape)) {
                misshapen.add("'" + tensor + "' is " + Arrays.toString(file.shape(tensor)) + " there and "
                        + Arrays.toString(shape) + " in the network");
            } else if (wanted.contains(name)) {
                values.put(name, new WeightValues(entry.shape(), TensorLayout.fromFile(shape, file.values(tensor))));
            }
        });
        String title = "the weights " + file + " do not fit the network "
                + network.architecture().name().toLowerCase(java.util.Locale.ROOT) + ": ";
        if (!misshapen.isEmpty()) {
            throw new UnusableWeightsException(title + "tensor " + some(misshapen));
        }
        if (!unexpected.isEmpty()) {
            throw new UnusableWeightsException(title + "it has no " + some(unexpected));
        }
        if (!missing.isEmpty() && !allowMissing) {
            throw new UnusableWeightsException(title + "they lack " + some(missing)
                    + "; set allowMissingWeights to true to start those at random");
        }
        return new PretrainedWeights(values, missing);
    }

    /** Whether all but the head is given, so that none of it depends on a seed. */
    public boolean isWhole() {
        return !values.isEmpty() && missing.isEmpty();
    }

    private static String some(Iterable<String> names) {
        List<String> all = new ArrayList<>();
        names.forEach(all::add);
        String some = String.join(", ", all.subList(0, Math.min(NAMED_IN_MESSAGES, all.size())));
        return all.size() <= NAMED_IN_MESSAGES ? some : some + " and " + (all.size() - NAMED_IN_MESSAGES) + " more";
    }
}
