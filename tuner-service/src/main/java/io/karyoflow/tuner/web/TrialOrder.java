package io.karyoflow.tuner.web;

import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.tuner.overview.TrialOverview;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** By which column a study's trials are listed; the best come first, those without a value last. */
enum TrialOrder {
    NUMBER("number", Comparator.comparingInt(TrialOverview::number)),
    STATE("state", Comparator.comparing(TrialOverview::state)),
    EPOCHS("epochs", Comparator.comparingInt(TrialOverview::epochsDone).reversed()),
    MACRO_F1("macroF1", lowestFirst(validation -> -validation.macroF1())),
    ACCURACY("accuracy", lowestFirst(validation -> -validation.accuracy())),
    LOSS("loss", lowestFirst(EpochMetrics::loss));

    private final String column;
    private final Comparator<TrialOverview> comparator;

    TrialOrder(String column, Comparator<TrialOverview> comparator) {
        this.column = column;
        this.comparator = comparator.thenComparingInt(TrialOverview::number);
    }

    /** The order by that column; by number if there is none of that name. */
    static TrialOrder named(String column) {
        return Arrays.stream(values())
                .filter(order -> order.column.equals(column))
                .findFirst()
                .orElse(NUMBER);
    }

    public String column() {
        return column;
    }

    List<TrialOverview> sorted(List<TrialOverview> trials) {
        return trials.stream().sorted(comparator).toList();
    }

    private static Comparator<TrialOverview> lowestFirst(ToDoubleFunction<EpochMetrics> value) {
        return Comparator.comparingDouble(trial ->
                trial.validation() == null ? Double.POSITIVE_INFINITY : value.applyAsDouble(trial.validation()));
    }
}
