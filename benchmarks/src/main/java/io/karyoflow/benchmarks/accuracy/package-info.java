/**
 * How good a configuration is on groups that it has not seen. Data sets are read and split by the ingest service's code, and
 * trials run by the trainer's; only Kafka and PostgreSQL are replaced, by memory.
 */
package io.karyoflow.benchmarks.accuracy;
