package io.karyoflow.explain.messaging;

import io.karyoflow.common.image.RgbImage;
import io.karyoflow.common.message.Attribution;
import io.karyoflow.common.message.ExplanationRequested;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.Sha256;
import io.karyoflow.explain.attribution.Target;
import io.karyoflow.explain.explanation.EncodeMap;
import io.karyoflow.explain.explanation.ExplainedImage;
import io.karyoflow.explain.explanation.Explanation;
import io.karyoflow.explain.rendering.Overlay;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** An explanation of a label as {@code attributions} carries it. */
final class AttributionMessage {
    private AttributionMessage() {}

    static Attribution of(
            ExplanationRequested requested, RgbImage image, ExplainedImage explained, Explanation explanation) {
        PredictionRequest request = requested.request();
        int target = targetClass(explained);
        float[] map = explanation.perPixel();
        int height = explanation.map().shape().height();
        int width = explanation.map().shape().width();
        return new Attribution(
                request.id(),
                Sha256.of(request.bytes()),
                request.filename(),
                request.slide(),
                request.x(),
                request.y(),
                explanation.method(),
                explanation.parameters(),
                target,
                explained.classes().get(target),
                explained.logits()[target],
                explained.probabilities()[target],
                List.of(height, width),
                EncodeMap.base64(map),
                Base64.getEncoder().encodeToString(Overlay.png(image, map, height, width, explanation.sign())),
                explanation.faithfulness(),
                explained.modelId(),
                Instant.now(),
                explanation.computeMillis());
    }

    /** Requests of the topic name a class or none, never a difference. */
    static int targetClass(ExplainedImage explained) {
        return ((Target.OfClass) explained.target()).index();
    }
}
