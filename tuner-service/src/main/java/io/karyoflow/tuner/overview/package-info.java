/**
 * Studies, trials and models as people are shown them, by REST and on the pages. Reading only: nothing here plans.
 */
package io.karyoflow.tuner.overview;
