package io.karyoflow.trainer.evaluation;

/**
 * Whether probabilities hold what they say, before and after temperature scaling.
 *
 * <p>A temperature flatters when it is measured on the images that it was fitted on. So what is measured after scaling is
 * cross-fitted: the images are halved, each half is measured with the temperature that was fitted on the other, and the
 * two measures are averaged by the size of the halves. What is measured before scaling is averaged over the same halves:
 * of fewer images the expected calibration error is higher by chance alone (Kumar, Liang and Ma, Verified Uncertainty
 * Calibration, 2019), and so the temperature is all that tells before from after.
 *
 * <p>The halves know nothing of groups: images of one tile, slide or patient may be in both. The network has learned from
 * neither half, so only the temperature, one number, can gain by that. But it means that the figures hold for further
 * images of these groups; a group that was not validated on may need another temperature.
 *
 * @param temperature fitted on all images: what a stored model divides its logits by
 * @param errorBefore expected calibration error of the network as it is, 0 to 1
 * @param errorAfter and scaled, cross-fitted
 * @param brierScoreBefore of the network as it is, 0 to 2
 * @param brierScoreAfter and scaled, cross-fitted
 */
public record Calibration(
        double temperature, double errorBefore, double errorAfter, double brierScoreBefore, double brierScoreAfter) {

    /** @param predictions at least one image */
    public static Calibration of(Predictions predictions) {
        Halves halves = Halves.of(predictions);
        double temperatureOfFirst = TemperatureScaling.fit(halves.first());
        double temperatureOfSecond = TemperatureScaling.fit(halves.second());
        return new Calibration(
                TemperatureScaling.fit(predictions),
                halves.mean(CalibrationError::of, 1, 1),
                halves.mean(CalibrationError::of, temperatureOfSecond, temperatureOfFirst),
                halves.mean(BrierScore::of, 1, 1),
                halves.mean(BrierScore::of, temperatureOfSecond, temperatureOfFirst));
    }
}
