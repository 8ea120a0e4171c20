package io.karyoflow.tuner.web;

import io.karyoflow.tuner.overview.RepeatedMeasure;
import io.karyoflow.tuner.overview.StudyOverview;
import io.karyoflow.tuner.overview.TrialOverview;
import io.karyoflow.tuner.space.LogUniform;
import io.karyoflow.tuner.space.Parameter;
import io.karyoflow.tuner.space.SearchSpace;
import io.karyoflow.tuner.study.StudyState;
import io.karyoflow.tuner.study.TrialState;
import io.quarkus.qute.TemplateExtension;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How values read on the pages. */
@TemplateExtension
final class PageFormats {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private PageFormats() {}

    /** A metric with three decimals, or with as many as it takes not to read as 0 or perfect: 0.9996 is not 1. */
    static String metric(double value) {
        return rounded(value, 3, 1);
    }

    /** {@code show:metric(x)}: the same, for what may be missing. */
    @TemplateExtension(namespace = "show", matchName = "metric")
    static String metricOrDash(Double value) {
        return value == null ? "–" : metric(value);
    }

    /** One for each seed. */
    static List<String> seedMetrics(RepeatedMeasure measure) {
        return measure.bySeed().stream().map(PageFormats::metricOrDash).toList();
    }

    /** {@code show:value(x)}: three significant digits, for what may be missing. */
    @TemplateExtension(namespace = "show", matchName = "value")
    static String valueOrDash(Double value) {
        return value == null ? "–" : shown(value);
    }

    static String percent(double share) {
        return rounded(100 * share, 1, 100) + " %";
    }

    private static String rounded(double value, int decimals, int perfect) {
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        double read = Double.parseDouble(text);
        boolean hides = (read == 0 || read == perfect) && Math.abs(value - read) > 1e-6;
        return hides ? rounded(value, decimals + 1, perfect) : text;
    }

    /** A number for CSS, without grouping or exponent. */
    static String css(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** A hyperparameter: three significant digits are enough to tell trials apart. */
    static String shown(Object value) {
        if (value instanceof Double number && number != 0 && Double.isFinite(number)) {
            BigDecimal rounded =
                    new BigDecimal(number).round(new MathContext(3)).stripTrailingZeros();
            return Math.abs(number) < 1e-4 ? rounded.toString() : rounded.toPlainString();
        }
        return String.valueOf(value);
    }

    /** On which kind of axis a chart shows a hyperparameter's values. */
    static String axis(Parameter parameter) {
        if (parameter instanceof LogUniform) {
            return "log";
        }
        return parameter.ordered() ? "value" : "category";
    }

    /** What the study's space gives all trials alike, but for empty texts, as of no weights; empty if that is nothing. */
    static String fixed(StudyOverview study) {
        SearchSpace space = study.specification().space();
        return space.parameters().entrySet().stream()
                .filter(parameter -> !space.varied().containsKey(parameter.getKey()))
                .map(parameter -> Map.entry(
                        parameter.getKey(), shown(parameter.getValue().grid(1).get(0))))
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter -> parameter.getKey() + " " + parameter.getValue())
                .collect(Collectors.joining(", "));
    }

    /** A file's size. */
    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    static String minute(Instant time) {
        return MINUTE.format(time);
    }

    static String symbol(TrialState state) {
        return switch (state) {
            case QUEUED -> "○";
            case RUNNING -> "●";
            case COMPLETED -> "✓";
            case STOPPED -> "■";
            case FAILED -> "✕";
        };
    }

    static String symbol(StudyState state) {
        return switch (state) {
            case RUNNING -> "●";
            case STOPPING -> "◐";
            case STOPPED -> "■";
            case COMPLETED -> "✓";
            case FAILED -> "✕";
        };
    }

    /** A state's name as a word in a sentence, and as a CSS class. */
    static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static int endedTrials(StudyOverview study) {
        return study.trialCounts().entrySet().stream()
                .filter(entry -> entry.getKey().ended())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    static String duration(StudyOverview study) {
        return duration(study.createdAt(), study.finishedAt());
    }

    static String duration(TrialOverview trial) {
        return trial.startedAt() == null ? "" : duration(trial.startedAt(), trial.finishedAt());
    }

    private static String duration(Instant from, Instant to) {
        Duration elapsed = Duration.between(from, to == null ? Instant.now() : to);
        long seconds = Math.max(0, elapsed.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
