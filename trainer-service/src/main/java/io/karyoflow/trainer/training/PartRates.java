package io.karyoflow.trainer.training;

import io.karyoflow.common.message.Trainable;

/**
 * How fast each part of a network learns: features that were learned elsewhere change less, the earlier the less, or wait
 * until what stands after them has found its way.
 *
 * @param trainable which parts learn at all; {@code STAGED} lets the head learn from the start and one part more, from the
 *     last to the first, at even intervals over the first half of all steps
 * @param layerDecay each part's rate as a share of that of the part after it
 * @param steps T, at least 1
 */
public record PartRates(Trainable trainable, double layerDecay, long steps) {

    /**
     * @param step t, from 0 to T - 1
     * @param rate the head's
     * @param parts how many, the head among them
     * @return from the input's part to the head; 0 for a part that stays as it is
     */
    public double[] at(long step, double rate, int parts) {
        double[] rates = new double[parts];
        int learning = learning(step, parts);
        double partRate = rate;
        for (int part = parts - 1; part >= parts - learning; part--) {
            rates[part] = partRate;
            partRate *= layerDecay;
        }
        return rates;
    }

    /** How many parts learn, counted from the head. */
    private int learning(long step, int parts) {
        return switch (trainable) {
            case HEAD -> 1;
            case STAGED -> (int) Math.min(parts, 1 + 2 * step * parts / steps);
            case ALL -> parts;
        };
    }
}
