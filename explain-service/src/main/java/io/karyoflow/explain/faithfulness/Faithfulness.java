package io.karyoflow.explain.faithfulness;

import java.util.OptionalDouble;

/**
 * The evidence for one map; empty is what was not asked for or is not defined.
 *
 * @param convergenceDelta sum of the map minus the score's rise that it should add up to; 0 is exact
 * @param deletionAuc 0 to 1, low is good; not defined for a map that gives all pixels the same value
 * @param insertionAuc 0 to 1, high is good; not defined for a map that gives all pixels the same value
 * @param infidelity at least 0, in units of the score squared, low is good
 * @param maxSensitivity at least 0, 1 being as large a change as the map itself, low is good
 */
public record Faithfulness(
        OptionalDouble convergenceDelta,
        OptionalDouble deletionAuc,
        OptionalDouble insertionAuc,
        OptionalDouble infidelity,
        OptionalDouble maxSensitivity) {}
