/**
 * Attribution maps as pictures that people can read. A {@link io.karyoflow.explain.rendering.Scale} normalises a map as
 * Captum's {@code visualize_image_attr} does, a {@link io.karyoflow.explain.rendering.Picture} draws it with its image in
 * colours that colour-blind people tell apart, and {@link io.karyoflow.explain.rendering.DrawPanel} puts several methods
 * into one figure.
 */
package io.karyoflow.explain.rendering;
