package io.karyoflow.launcher.study;

/**
 * How much a study may try.
 *
 * @param trials how many
 * @param concurrency how many at once
 * @param epochs the budget of each
 * @param seed of the search
 */
public record StudyBudget(int trials, int concurrency, int epochs, long seed) {}
