package io.karyoflow.ingest.sample;

/**
 * How haematoxylin lies in a nucleus.
 *
 * @param density its mean amount; 1 is a dark nucleus of a stain of mean strength
 * @param grain how uneven it is, as a share of the density
 * @param grainSize size of its clumps, in pixels
 * @param rim how much more of it the membrane has
 * @param nucleoli dark round bodies inside
 */
record Chromatin(double density, double grain, double grainSize, double rim, int nucleoli) {}
