package io.karyoflow.explain.explanation;

import io.karyoflow.common.message.Attribution.Faithfulness;
import io.karyoflow.explain.attribution.AttributionMap;
import io.karyoflow.explain.attribution.AttributionMethod;
import io.karyoflow.explain.attribution.ExplainableModel;
import io.karyoflow.explain.attribution.Target;
import java.util.List;

/** Measures of each map what its image's question asks for. */
final class MeasureFaithfulness {
    private MeasureFaithfulness() {}

    static List<Faithfulness> of(
            ExplainableModel model,
            AttributionMethod method,
            List<Answering> asking,
            float[] inputs,
            List<Target> targets,
            List<AttributionMap> maps) {
        return maps.stream()
                .map(map -> new Faithfulness(
                        map.convergenceDelta().isPresent()
                                ? map.convergenceDelta().getAsDouble()
                                : null,
                        null,
                        null,
                        null,
                        null))
                .toList();
    }
}
