/**
 * What nuclei are that were labelled, as people say, to judge the model in service by.
 * {@link io.karyoflow.ingest.truth.TruthTable} reads it, {@link io.karyoflow.ingest.truth.MatchTruths} finds the label that
 * each is about, and by {@link io.karyoflow.ingest.truth.KeepTruths} it is stored.
 */
package io.karyoflow.ingest.truth;
