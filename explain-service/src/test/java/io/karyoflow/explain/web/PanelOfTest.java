package io.karyoflow.explain.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.image.RgbImage;
import io.karyoflow.common.message.Attribution.Faithfulness;
import io.karyoflow.explain.attribution.AttributionMap;
import io.karyoflow.explain.attribution.InputShape;
import io.karyoflow.explain.attribution.MethodCatalogue;
import io.karyoflow.explain.attribution.Target;
import io.karyoflow.explain.explanation.ExplainedImage;
import io.karyoflow.explain.explanation.Explanation;
import io.karyoflow.explain.rendering.Panel;
import io.karyoflow.explain.rendering.Panel.Score;
import io.karyoflow.explain.rendering.Picture;
import io.karyoflow.explain.rendering.Sign;
import io.karyoflow.explain.web.ExplainUpload.Explained;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PanelOfTest {
    private static final Explanation OCCLUSION = new Explanation(
            "occlusion",
            parameters(),
            new AttributionMap(new InputShape(1, 2, 3), new float[] {3, 3, 3, -6, -6, -6}),
            new Faithfulness(null, 0.25, 0.75, null, null),
            1);

    @Test
    void saysWhatTheAnswerSays() {
        Panel panel = panel(Map.of("filename", "a.png"), Target.ofClass(1));

        assertThat(panel.filename()).isEqualTo("a.png");
        assertThat(panel.target()).isEqualTo("cancer (predicted)");
        assertThat(panel.modelId()).isEqualTo("m-1");
        assertThat(panel.probabilities())
                .extracting(Panel.ClassProbability::className)
                .containsExactly("normal", "cancer");
        Panel.Explanation explanation = panel.explanations().get(0);
        assertThat(explanation.title()).isEqualTo("Occlusion");
        assertThat(explanation.details()).containsExactly("strides: 3 × 4 × 4", "baselines: 5 values");
        assertThat(explanation.map().values()).containsExactly(3, -6);
        assertThat(explanation.scores())
                .containsExactly(new Score("Deletion AUC ↓", 0.25), new Score("Insertion AUC ↑", 0.75));
    }

    @Test
    void namesADifferenceAsTheQuestionThatItIs() {
        assertThat(panel(Map.of(), Target.difference(0, 1)).target()).isEqualTo("normal rather than cancer");
        assertThat(panel(Map.of(), Target.ofClass(0)).target()).isEqualTo("normal");
    }

    @Test
    void showsTheSignThatSuitsMethodAndPictureUnlessOneIsAskedFor() {
        assertThat(sign(Map.of())).isEqualTo(Sign.ALL);
        assertThat(sign(Map.of("picture", Picture.MASKED_IMAGE.id()))).isEqualTo(Sign.POSITIVE);
        assertThat(sign(Map.of("sign", "negative"))).isEqualTo(Sign.NEGATIVE);
    }

    private static Sign sign(Map<String, String> parameters) {
        return panel(parameters, Target.ofClass(1))
                .explanations()
                .get(0)
                .scale()
                .sign();
    }

    private static Panel panel(Map<String, String> parameters, Target target) {
        ExplainedImage answer = new ExplainedImage(
                "m-1",
                List.of("normal", "cancer"),
                new float[] {0.25f, 0.75f},
                new float[] {0, 1},
                1,
                null,
                target,
                List.of(OCCLUSION),
                Map.of());
        Explained explained =
                new Explained(new RgbImage(1, 1, new byte[3]), new byte[1], Parameters.read(parameters), answer);
        return PanelOf.answer(explained, DrawnExplanation.of(explained), new MethodCatalogue().describe());
    }

    private static Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("strides", List.of(3, 4, 4));
        parameters.put("baselines", List.of(1, 2, 3, 4, 5));
        return parameters;
    }
}
