package io.karyoflow.common.model;

/**
 * The six signatures of every bundle's SavedModel. N images, C classes, H x W the image, h x w the network's input,
 * a x b x K the output of its last convolution block, rectified and not yet pooled.
 *
 * <table>
 * <caption>signatures</caption>
 * <tr><td>{@code serving_default}</td><td>{@code image} float32 [N,H,W,3], 0..255</td><td>{@code probabilities} [N,C]
 * (calibrated), {@code logits} [N,C]</td></tr>
 * <tr><td>{@code serving_averaged}</td><td>{@code image}</td><td>the same of the mean logits over the 8 flips and quarter
 * turns of what the network sees</td></tr>
 * <tr><td>{@code preprocess}</td><td>{@code image}</td><td>{@code input} float32 [N,h,w,3]: what the network sees</td></tr>
 * <tr><td>{@code logits}</td><td>{@code input}</td><td>{@code logits}</td></tr>
 * <tr><td>{@code gradient}</td><td>{@code input}, {@code target} int32 [N]</td><td>{@code gradient} [N,h,w,3] =
 * d logit[target] / d input, {@code logits}</td></tr>
 * <tr><td>{@code activations}</td><td>{@code input}, {@code target} int32 [N]</td><td>{@code activations} [N,a,b,K],
 * {@code activation_gradient} [N,a,b,K] = d logit[target] / d activations, {@code logits}: what Grad-CAM is made of</td></tr>
 * </table>
 *
 * Where {@code stainNormalisation} is {@code slide}, the first three have the input {@code colours} float32 [N,6], too: the
 * {@link io.karyoflow.common.image.ColourStatistics} of the slide that each image is of.
 */
public final class Signatures {
    public static final String SERVING = "serving_default";
    public static final String AVERAGED = "serving_averaged";
    public static final String PREPROCESS = "preprocess";
    public static final String LOGITS = "logits";
    public static final String GRADIENT = "gradient";
    public static final String ACTIVATIONS = "activations";

    public static final String IMAGE = "image";
    /** Of models with {@code stainNormalisation=slide} alone. */
    public static final String COLOURS = "colours";

    public static final String INPUT = "input";
    public static final String TARGET = "target";
    public static final String ACTIVATION_GRADIENT = "activation_gradient";
    public static final String PROBABILITIES = "probabilities";

    private Signatures() {}
}
