package io.karyoflow.ingest.truth;

/**
 * What somebody says that a nucleus is, which is named by its request or by its place.
 *
 * @param line of the table that says so, from 1
 * @param requestId null if it is named by its place
 * @param place null if it is named by its request
 * @param sampled whether the nucleus was chosen without looking at its label
 */
public record GivenTruth(long line, String requestId, Place place, String className, boolean sampled) {
    /**
     * @param x left edge of the patch on the slide in pixels, as labels have it
     * @param y upper edge
     */
    public record Place(String slide, long x, long y) {}
}
