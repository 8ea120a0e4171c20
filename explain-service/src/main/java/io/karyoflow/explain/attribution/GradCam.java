package io.karyoflow.explain.attribution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Grad-CAM: where the last convolution's filters fire that raise the score.
 *
 * <pre>M(x) = sum_k a_k A_k(x),   a_k = mean over pixels of dS_c(x) / dA_k(x)</pre>
 *
 * S_c is the target's score, A_k the activations of filter k. The sum is enlarged to the input's size ({@link Bilinear});
 * the map has one channel, as filters see all of a pixel's channels at once. It is Captum's {@code LayerGradCam} with
 * {@code LayerAttribution.interpolate(..., "bilinear")}; the paper leaves out negative values, which is {@code
 * relu_attributions} there. Selvaraju, Cogswell, Das, Vedantam, Parikh, Batra: Grad-CAM (2016), <a
 * href="https://arxiv.org/abs/1610.02391">arXiv:1610.02391</a>.
 *
 * @param reluAttributions whether to replace negative values by 0, before the map is enlarged
 * @param batchSize inputs that go through the model together
 */
public record GradCam(boolean reluAttributions, BatchSize batchSize) implements AttributionMethod {
    public static final GradCam DEFAULTS = new GradCam(false, BatchSize.DEFAULT);

    @Override
    public List<AttributionMap> attribute(ExplainableModel model, float[] inputs, List<Target> targets) {
        InputShape shape = model.inputShape();
        shape.check(inputs, targets.size());
        InputShape pixels = new InputShape(shape.height(), shape.width(), 1);
        int atOnce = batchSize.of(shape);
        List<AttributionMap> maps = new ArrayList<>();
        for (int from = 0; from < targets.size(); from += atOnce) {
            int to = Math.min(from + atOnce, targets.size());
            float[] together = Arrays.copyOfRange(inputs, from * shape.size(), to * shape.size());
            Activations layer = TargetGradients.atLastConvolution(model, together, targets.subList(from, to));
            for (int input = 0; input < to - from; input++) {
                float[] coarse = weightedSum(layer, input);
                Bilinear toInput = new Bilinear(layer.height(), layer.width(), shape.height(), shape.width());
                maps.add(new AttributionMap(pixels, toInput.enlarge(coarse)));
            }
        }
        return maps;
    }

    /** [height * width] of the layer. */
    private float[] weightedSum(Activations layer, int input) {
        int filters = layer.channels();
        int pixels = layer.height() * layer.width();
        int from = input * pixels * filters;
        double[] weights = new double[filters];
        for (int i = 0; i < pixels * filters; i++) {
            weights[i % filters] += layer.gradients()[from + i] / (double) pixels;
        }
        float[] sums = new float[pixels];
        for (int pixel = 0; pixel < pixels; pixel++) {
            double sum = 0;
            for (int k = 0; k < filters; k++) {
                sum += weights[k] * layer.values()[from + pixel * filters + k];
            }
            sums[pixel] = (float) (reluAttributions ? Math.max(0, sum) : sum);
        }
        return sums;
    }

    @Override
    public String name() {
        return "grad_cam";
    }

    @Override
    public Map<String, Object> parameters() {
        return Map.of("relu_attributions", reluAttributions);
    }
}
