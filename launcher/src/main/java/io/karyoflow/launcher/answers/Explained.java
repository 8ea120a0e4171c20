package io.karyoflow.launcher.answers;

import io.karyoflow.common.message.Attribution;
import java.util.Map;

/**
 * An image with the reasons for its label, as far as they were given.
 *
 * @param image the encoded image
 * @param attributions by method
 */
public record Explained(String filename, byte[] image, Map<String, Attribution> attributions) {}
