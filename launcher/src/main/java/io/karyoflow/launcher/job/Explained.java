package io.karyoflow.launcher.job;

import io.karyoflow.common.message.Attribution;
import io.karyoflow.common.message.Prediction;
import java.util.Map;

/**
 * An image with its label and the reasons for it.
 *
 * @param image the encoded image
 * @param attributions by method
 */
public record Explained(String filename, byte[] image, Prediction prediction, Map<String, Attribution> attributions) {}
