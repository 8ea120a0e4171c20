/**
 * Attribution maps as pictures that people can read: normalised as Captum's {@code visualize_image_attr} does, coloured so
 * that colour-blind people see the same, laid over the image. {@link io.karyoflow.explain.rendering.Overlay} is where to
 * begin.
 */
package io.karyoflow.explain.rendering;
