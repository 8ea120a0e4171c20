package io.karyoflow.ingest.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TilePositionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "slide [x=2048,y=512,w=100,h=100].png",
                "slide [d=1,x=2048,y=512,w=100,h=100].png",
                "slide [d=2.5, x=2048, y=512, w=250, h=250].png",
                "[ y = 512 , x = 2048 ].tif",
                "slide [d=1,x=2048,y=512,w=100,h=100,z=0,t=3]-labelled.png",
                "slide [1] [x=1,y=2] [x=2048,y=512].png",
                "folder [x=1,y=1]/slide [x=2048,y=512].png"
            })
    void thePositionIsReadFromTheName(String name) {
        assertThat(TilePosition.of(name)).isEqualTo(new TilePosition(2048L, 512L));
    }

    @Test
    void aTileMayBeginLeftOfTheSlideOrFarToTheRight() {
        assertThat(TilePosition.of("a [x=-10,y=12345678901].png")).isEqualTo(new TilePosition(-10L, 12345678901L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.png",
                "a x=1,y=2.png",
                "a [x=1].png",
                "a [x=1.5,y=2].png",
                "a [x=,y=2].png",
                "a [x=99999999999999999999,y=2].png",
                "a [width=1,y=2].png",
                "a [].png",
                "a [x=1,y=2.png",
                "folder [x=1,y=2]/a.png"
            })
    void noOtherNameSaysWhereThePatchWas(String name) {
        assertThat(TilePosition.of(name)).isEqualTo(new TilePosition(null, null));
    }
}
