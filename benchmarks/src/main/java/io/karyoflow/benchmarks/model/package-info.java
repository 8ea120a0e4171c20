/** A network that several benchmarks serve. */
package io.karyoflow.benchmarks.model;
