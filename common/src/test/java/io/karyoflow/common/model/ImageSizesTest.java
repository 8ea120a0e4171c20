package io.karyoflow.common.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageSizesTest {
    private static final ImageSizes HUNDRED = new ImageSizes(100, 100, 100, 100);

    @Test
    void aQuarterMoreOrLessIsUsual() {
        for (int side : new int[] {80, 100, 125}) {
            assertThat(HUNDRED.warning(side, side, 0)).as("%d", side).isEmpty();
        }
        for (int side : new int[] {50, 79, 126, 200}) {
            assertThat(HUNDRED.warning(side, side, 0)).as("%d", side).isPresent();
        }
    }

    @Test
    void eachSideCounts() {
        assertThat(HUNDRED.warning(50, 100, 0)).isPresent();
        assertThat(HUNDRED.warning(100, 200, 0)).isPresent();
    }

    @Test
    void theSentenceSaysBothSizesWidthFirst() {
        assertThat(HUNDRED.warning(50, 200, 0).orElseThrow())
                .isEqualTo("the image has 200 x 50 pixels, but the model learned from images of 100 x 100;"
                        + " unless it shows as much tissue as those, the label may be wrong");
        assertThat(new ImageSizes(90, 110, 70, 80).warning(300, 300, 0).orElseThrow())
                .contains("images of 70-80 x 90-110;");
    }

    @Test
    void whatLiesBetweenTheImagesOfTheDataSetIsUsual() {
        ImageSizes sizes = new ImageSizes(40, 100, 60, 80);

        assertThat(sizes.warning(32, 48, 0)).isEmpty();
        assertThat(sizes.warning(70, 70, 0)).isEmpty();
        assertThat(sizes.warning(125, 100, 0)).isEmpty();
        assertThat(sizes.warning(31, 60, 0)).isPresent();
        assertThat(sizes.warning(100, 101, 0)).isPresent();
    }

    @Test
    void aNetworkThatLearnedWithZoomKnowsWhatItBringsAbout() {
        assertThat(HUNDRED.warning(61, 61, 0.5)).isEmpty();
        assertThat(HUNDRED.warning(164, 164, 0.5)).isEmpty();
        assertThat(HUNDRED.warning(60, 60, 0.5)).isPresent();
        assertThat(HUNDRED.warning(165, 165, 0.5)).isPresent();
        assertThat(HUNDRED.warning(80, 80, 0.1)).as("a quarter at least").isEmpty();
    }

    @Test
    void oddImagesDoNotMakeEverySizeAUsualOne() {
        IntStream heights = IntStream.range(0, 100).map(i -> i < 5 ? 10 : i < 95 ? 100 + i : 2000);

        ImageSizes sizes = ImageSizes.of(heights, IntStream.generate(() -> 80).limit(100));

        assertThat(sizes).isEqualTo(new ImageSizes(105, 194, 80, 80));
    }

    @Test
    void ofFewImagesAllCount() {
        assertThat(ImageSizes.of(IntStream.of(30, 10, 20), IntStream.of(5, 5, 6)))
                .isEqualTo(new ImageSizes(10, 30, 5, 6));
    }
}
