package io.karyoflow.explain.web;

import io.karyoflow.explain.attribution.InputShape;
import io.karyoflow.explain.explanation.Explanation;
import io.karyoflow.explain.rendering.PixelMap;
import io.karyoflow.explain.rendering.Scale;
import io.karyoflow.explain.rendering.Sign;
import io.karyoflow.explain.web.ExplainUpload.Explained;
import java.util.ArrayList;
import java.util.List;

/** An explanation with what is needed to draw it. */
record DrawnExplanation(Explanation explanation, PixelMap map, Scale scale) {

    /** In the order of the explanations. */
    static List<DrawnExplanation> of(Explained explained) {
        List<Explanation> explanations = explained.answer().explanations();
        List<PixelMap> maps = explanations.stream().map(DrawnExplanation::map).toList();
        List<Sign> signs = explanations.stream()
                .map(explanation -> sign(explanation, explained.parameters()))
                .toList();
        List<Scale> scales = explained.parameters().scale().scales(maps, signs);
        List<DrawnExplanation> drawn = new ArrayList<>();
        for (int i = 0; i < explanations.size(); i++) {
            drawn.add(new DrawnExplanation(explanations.get(i), maps.get(i), scales.get(i)));
        }
        return drawn;
    }

    /** The map's values: [height, width, channels] as the method has them, or [height, width]. */
    Npy.Array array(boolean allChannels) {
        InputShape shape = explanation.map().shape();
        return allChannels && shape.channels() > 1
                ? new Npy.Array(
                        List.of(shape.height(), shape.width(), shape.channels()),
                        explanation.map().values())
                : new Npy.Array(List.of(map.height(), map.width()), map.values());
    }

    private static PixelMap map(Explanation explanation) {
        return new PixelMap(
                explanation.map().shape().height(), explanation.map().shape().width(), explanation.perPixel());
    }

    private static Sign sign(Explanation explanation, Parameters parameters) {
        return parameters.sign().orElseGet(() -> {
            Sign usual = explanation.sign();
            return usual == Sign.ALL && !parameters.picture().hasColours() ? Sign.POSITIVE : usual;
        });
    }
}
