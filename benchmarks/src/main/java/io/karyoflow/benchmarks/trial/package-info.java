/** Trials for measurements: the trainer's own, with neither Kafka nor PostgreSQL. */
package io.karyoflow.benchmarks.trial;
