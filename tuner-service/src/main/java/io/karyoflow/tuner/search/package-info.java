/**
 * Which configuration a study tries next. A new algorithm is a new record that implements
 * {@link io.karyoflow.tuner.search.SearchAlgorithm} and its name in that interface's list.
 *
 * <p>Proposals depend only on what is passed in, so that planning again after a crash proposes the same.
 */
package io.karyoflow.tuner.search;
