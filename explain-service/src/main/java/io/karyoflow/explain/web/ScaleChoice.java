package io.karyoflow.explain.web;

import io.karyoflow.explain.rendering.PixelMap;
import io.karyoflow.explain.rendering.Scale;
import io.karyoflow.explain.rendering.Sign;
import java.util.List;
import java.util.stream.IntStream;

/** How the maps of a panel are scaled. */
sealed interface ScaleChoice {
    String OWN = "own";
    String SHARED = "shared";

    /**
     * One scale for each map.
     *
     * @param signs which values each picture shows
     */
    List<Scale> scales(List<PixelMap> maps, List<Sign> signs);

    /** Each map by itself. */
    record Own() implements ScaleChoice {
        @Override
        public List<Scale> scales(List<PixelMap> maps, List<Sign> signs) {
            return IntStream.range(0, maps.size())
                    .mapToObj(i -> Scale.of(maps.get(i), signs.get(i)))
                    .toList();
        }
    }

    /** One scale for all maps with the same sign. */
    record Shared() implements ScaleChoice {
        @Override
        public List<Scale> scales(List<PixelMap> maps, List<Sign> signs) {
            return signs.stream()
                    .map(sign -> Scale.across(
                            IntStream.range(0, maps.size())
                                    .filter(i -> signs.get(i) == sign)
                                    .mapToObj(maps::get)
                                    .toList(),
                            sign))
                    .toList();
        }
    }

    /** The limit that another answer named, so that several images share a scale. */
    record Given(float limit) implements ScaleChoice {
        @Override
        public List<Scale> scales(List<PixelMap> maps, List<Sign> signs) {
            return signs.stream().map(sign -> new Scale(sign, limit)).toList();
        }
    }

    /** @throws UnusableRequestException if the text is none of the three */
    static ScaleChoice read(String text) {
        if (text.equals(OWN)) {
            return new Own();
        }
        if (text.equals(SHARED)) {
            return new Shared();
        }
        try {
            float limit = Float.parseFloat(text);
            if (limit > 0 && Float.isFinite(limit)) {
                return new Given(limit);
            }
        } catch (NumberFormatException e) {
            // the same as a number that is not above 0
        }
        throw new UnusableRequestException("scale is '" + text + "'; it must be " + OWN + ", " + SHARED
                + " or a number above 0: the magnitude with the full colour, such as the scale of another answer");
    }
}
