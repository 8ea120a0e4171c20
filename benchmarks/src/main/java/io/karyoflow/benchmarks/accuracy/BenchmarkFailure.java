package io.karyoflow.benchmarks.accuracy;

/** Nothing can be measured; the message says why. */
class BenchmarkFailure extends RuntimeException {
    BenchmarkFailure(String reason) {
        super(reason);
    }
}
