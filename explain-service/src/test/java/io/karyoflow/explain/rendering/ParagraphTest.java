package io.karyoflow.explain.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThatCode;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParagraphTest {
    private static final double WIDTH = 120;

    @BeforeAll
    static void needsFonts() {
        assumeThatCode(NoFontsException::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nucleus",
                "cancer epithelial of the colon, moderately differentiated",
                "TCGA-AA-3558-01Z-00-DX1.4bbbdf55-2b2f-4e2a-9f38-7fc5f2b6a7e4_x12345.png",
                "a TCGA-AA-3558-01Z-00-DX1.4bbbdf55-2b2f-4e2a-9f38-7fc5f2b6a7e4_x12345.png b",
                "𝒩𝓊𝒸𝓁ℯ𝓊𝓈𝒩𝓊𝒸𝓁ℯ𝓊𝓈𝒩𝓊𝒸𝓁ℯ𝓊𝓈𝒩𝓊𝒸𝓁ℯ𝓊𝓈𝒩𝓊𝒸𝓁ℯ𝓊𝓈"
            })
    void noLineIsWiderThanItsColumnAndNothingIsLost(String text) {
        Paragraph paragraph = Paragraph.of(text, TextStyle.HEADING, WIDTH, 100);

        assertThat(paragraph.lines())
                .allSatisfy(line -> assertThat(TextStyle.HEADING.width(line)).isLessThanOrEqualTo(WIDTH));
        assertThat(String.join("", paragraph.lines()).replace(" ", "")).isEqualTo(text.replace(" ", ""));
        assertThat(paragraph.height()).isEqualTo(paragraph.lines().size() * TextStyle.HEADING.lineHeight());
    }

    @ParameterizedTest
    @ValueSource(strings = {"one two three four five six seven eight", "onetwothreefourfivesixseveneightnineten"})
    void whatExceedsItsLinesEndsInAnEllipsisThatFits(String text) {
        Paragraph paragraph = Paragraph.of(text, TextStyle.TITLE, WIDTH, 2);

        assertThat(paragraph.lines()).hasSize(2).allSatisfy(line -> assertThat(TextStyle.TITLE.width(line))
                .isLessThanOrEqualTo(WIDTH));
        assertThat(paragraph.lines().get(1)).endsWith("…");
    }

    @Test
    void breaksBetweenWordsWhereItCan() {
        assertThat(Paragraph.of("immune leukocyte", TextStyle.BODY, 80, 5).lines())
                .containsExactly("immune", "leukocyte");
    }
}
