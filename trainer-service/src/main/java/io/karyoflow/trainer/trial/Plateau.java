package io.karyoflow.trainer.trial;

/**
 * For early stopping: since when the validation loss has not fallen.
 *
 * @param best the lowest loss so far, in nats
 * @param epochsSince how many epochs have passed since then
 */
public record Plateau(double best, int epochsSince) {
    static final Plateau NONE = new Plateau(Double.POSITIVE_INFINITY, 0);

    Plateau after(double loss) {
        return loss < best ? new Plateau(loss, 0) : new Plateau(best, epochsSince + 1);
    }
}
