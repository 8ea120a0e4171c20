package io.karyoflow.tuner.overview;

/**
 * Which part somebody wants of a list that is newest first.
 *
 * @param from the id of its first; null for the newest
 * @param limit how many it has at most
 */
public record ListPart(String from, int limit) {}
