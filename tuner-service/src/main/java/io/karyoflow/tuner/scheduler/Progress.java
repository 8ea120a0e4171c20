package io.karyoflow.tuner.scheduler;

import java.util.SortedMap;

/** A trial's scores by epoch, from 1; higher is better. */
public record Progress(SortedMap<Integer, Double> scores) {}
