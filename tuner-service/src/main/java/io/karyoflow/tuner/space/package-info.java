/**
 * What a study may try: named parameters, each of which can be sampled at random or laid out as a grid.
 *
 * <p>A {@link io.karyoflow.tuner.space.SearchSpace} is checked as a whole before its study begins, so that no trial is
 * ever proposed that a trainer would refuse.
 */
package io.karyoflow.tuner.space;
