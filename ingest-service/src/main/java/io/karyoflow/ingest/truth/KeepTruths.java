package io.karyoflow.ingest.truth;

import io.karyoflow.common.database.StoreUnavailableException;
import java.util.List;

/** Where truths go. */
public interface KeepTruths {
    /**
     * Stores, all at once, those that are about a label that is stored. One that comes later takes the place of that which the
     * request has, but whether the nucleus was ever sampled stays.
     *
     * @param within how far the patch of a label may be from a place that is named, in pixels
     * @param givenBy null if nobody says
     * @return why the others are not stored
     * @throws StoreUnavailableException if the store does not answer; then none is
     */
    List<RowProblem> store(List<GivenTruth> truths, int within, String givenBy);
}
