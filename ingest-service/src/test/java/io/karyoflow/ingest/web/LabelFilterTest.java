package io.karyoflow.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.ingest.label.LabelQuery;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelFilterTest {
    private final LabelFilter filter = new LabelFilter();

    @Test
    void whatIsAbsentOrBlankDoesNotMatter() {
        filter.slide = " ";
        filter.to = "";

        assertThat(filter.query()).isEqualTo(new LabelQuery(null, null, null, null, null));
    }

    @Test
    void timesAreInstants() {
        filter.slide = "7";
        filter.from = "2026-01-02T03:04:05Z";
        filter.to = "2026-01-02T03:04:05.678Z";
        filter.model = "m";

        assertThat(filter.query())
                .isEqualTo(new LabelQuery(
                        "7",
                        Instant.parse("2026-01-02T03:04:05Z"),
                        Instant.parse("2026-01-02T03:04:05.678Z"),
                        "m",
                        null));
    }

    @Test
    void whatIsNoTimeIsRefusedWithAnExample() {
        for (String text : List.of("yesterday", "2026-01-02", "2026-01-02T03:04:05", "+1000000-01-01T00:00:00Z")) {
            filter.to = text;

            assertThatThrownBy(filter::query).satisfies(e -> assertThat(((HttpProblem) e).getDetail())
                    .contains("to is '" + text + "'", "to=2026-01-02T03:04:05Z"));
        }
    }

    @Test
    void aMarginIsFromZeroToOne() {
        for (String text : List.of("0", "0.2", " 1 ")) {
            filter.maxMargin = text;
            assertThat(filter.query().maxMargin()).isEqualTo(Double.parseDouble(text));
        }
        for (String text : List.of("-0.1", "1.01", "20%", "NaN")) {
            filter.maxMargin = text;

            assertThatThrownBy(filter::query).satisfies(e -> assertThat(((HttpProblem) e).getDetail())
                    .contains("maxMargin is '" + text + "'", "maxMargin=0.2"));
        }
    }

    @Test
    void whatIsDrawnIsOfOneSlide() {
        filter.slide = "7";
        filter.requireSlide();
        filter.slide = " ";
        assertThatThrownBy(filter::requireSlide)
                .satisfies(e -> assertThat(((HttpProblem) e).getDetail()).contains("slide is missing", "slide=7"));
    }

    @Test
    void aSizeIsANumberOfPixels() {
        filter.size = "100";
        assertThat(filter.size()).isEqualTo(100);
        filter.size = " 99.5 ";
        assertThat(filter.size()).isEqualTo(99.5);
        for (String text : List.of("0", "-1", "NaN", "large", "1e99")) {
            filter.size = text;

            assertThatThrownBy(filter::size).satisfies(e -> assertThat(((HttpProblem) e).getDetail())
                    .contains("size is '" + text + "'", "size=100"));
        }
        filter.size = null;
        assertThatThrownBy(filter::size)
                .satisfies(e -> assertThat(((HttpProblem) e).getDetail()).contains("size is missing"));
    }
}
