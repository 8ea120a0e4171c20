package io.karyoflow.trainer.training;

/**
 * The learning rate falls along half a cosine (Loshchilov and Hutter, SGDR, 2016): rate(t) = start * (1 + cos(pi t / T))
 * / 2 for step t of T.
 *
 * @param start the rate of the first step
 * @param steps T, at least 1
 */
public record CosineSchedule(double start, long steps) {

    /** @param step t, from 0 to T - 1 */
    public double rate(long step) {
        return start * (1 + Math.cos(Math.PI * step / steps)) / 2;
    }
}
