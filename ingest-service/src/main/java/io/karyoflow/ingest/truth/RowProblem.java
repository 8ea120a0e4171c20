package io.karyoflow.ingest.truth;

/**
 * Why a row of a table is not stored.
 *
 * @param line where it stands, from 1
 * @param reason for people
 */
public record RowProblem(long line, String reason) {}
