package io.karyoflow.trainer.training;

import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.Schedule;
import java.util.function.DoubleUnaryOperator;

/**
 * The learning rate of each step.
 *
 * @param schedule how it changes
 * @param highest the highest rate
 * @param warmUp share of all steps over which it first rises in a straight line; not for {@code ONE_CYCLE}
 * @param steps T, at least 1
 */
public record RateSchedule(Schedule schedule, double highest, double warmUp, long steps) {
    private static final double RISING = 0.3;
    private static final double FIRST_DIVISOR = 25;
    private static final double LAST_DIVISOR = 1e4;

    public static RateSchedule of(Hyperparameters hyperparameters, long steps) {
        return new RateSchedule(
                hyperparameters.schedule(), hyperparameters.learningRate(), hyperparameters.warmUp(), steps);
    }

    /** @param step t, from 0 to T - 1 */
    public double rate(long step) {
        return switch (schedule) {
            case CONSTANT -> highest * warmed(step, passed -> 1);
            case COSINE -> highest * warmed(step, passed -> (1 + Math.cos(Math.PI * passed)) / 2);
            case STEP -> highest * warmed(step, passed -> passed < 0.5 ? 1 : passed < 0.75 ? 0.1 : 0.01);
            case ONE_CYCLE -> oneCycle(step);
        };
    }

    /** @param course share of the highest rate, by the share that has passed of what follows the warm-up */
    private double warmed(long step, DoubleUnaryOperator course) {
        long rising = Math.round(warmUp * steps);
        return step < rising
                ? (step + 1.0) / (rising + 1)
                : course.applyAsDouble((step - rising) / (double) (steps - rising));
    }

    /** From highest / 25 up along half a cosine, then down to a ten thousandth of that; PyTorch's defaults. */
    private double oneCycle(long step) {
        double top = Math.max(1, RISING * steps - 1);
        double first = highest / FIRST_DIVISOR;
        if (step <= top) {
            return between(first, highest, step / top);
        }
        return between(highest, first / LAST_DIVISOR, (step - top) / (steps - 1 - top));
    }

    private static double between(double start, double end, double passed) {
        return end + (start - end) * (1 + Math.cos(Math.PI * passed)) / 2;
    }
}
