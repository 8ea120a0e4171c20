package io.karyoflow.common.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StorableTextTest {
    @Test
    void onlyNulIsReplaced() {
        assertThat(StorableText.of("F\0i\0 \u0001 ü")).isEqualTo("F\uFFFDi\uFFFD \u0001 ü");
    }

    @Test
    void whatIsAbsentStaysSo() {
        assertThat(StorableText.ofNullable(null)).isNull();
        assertThat(StorableText.ofNullable("\0")).isEqualTo("\uFFFD");
    }

    @Test
    void inJsonABackslashBeforeU0000IsText() {
        List<String> texts = List.of("\0\0", "a\\u0000", "a\\\0", "\"\0", "ü");

        assertThat(StorableText.json(texts))
                .isEqualTo("[\"\uFFFD\uFFFD\",\"a\\\\u0000\",\"a\\\\\uFFFD\",\"\\\"\uFFFD\",\"ü\"]");
    }
}
