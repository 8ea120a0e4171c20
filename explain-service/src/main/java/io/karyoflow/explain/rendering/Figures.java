package io.karyoflow.explain.rendering;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them in a figure. */
final class Figures {
    private static final MathContext DIGITS = new MathContext(3);

    private Figures() {}

    /** Three significant digits, with a true minus: 0.0312, −12.5, 4.07e-5; "undefined" for what is no number. */
    static String significant(double value) {
        if (!Double.isFinite(value)) {
            return "undefined";
        }
        double magnitude = Math.abs(value);
        String digits;
        if (magnitude == 0) {
            digits = "0";
        } else if (magnitude >= 1e-3 && magnitude < 1e5) {
            digits =
                    new BigDecimal(magnitude).round(DIGITS).stripTrailingZeros().toPlainString();
        } else {
            digits = String.format(Locale.ROOT, "%.2e", magnitude).replaceFirst("e([+-])0?", "e$1");
        }
        return value < 0 ? "\u2212" + digits : digits;
    }

    /** One decimal, and never a certainty that is none: 93.1 %, &gt; 99.9 %, &lt; 0.1 %. */
    static String percent(double probability) {
        if (!Double.isFinite(probability)) {
            return "undefined";
        }
        double percent = 100 * probability;
        if (percent > 99.9 && percent < 100) {
            return "> 99.9 %";
        }
        if (percent > 0 && percent < 0.1) {
            return "< 0.1 %";
        }
        return String.format(Locale.ROOT, "%.1f %%", percent);
    }
}
