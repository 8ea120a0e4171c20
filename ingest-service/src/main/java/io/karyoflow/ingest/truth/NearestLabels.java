package io.karyoflow.ingest.truth;

import io.karyoflow.ingest.truth.GivenTruth.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which label is the nearest to each of some places on one slide. It remembers the places and is shown the labels, as a slide
 * may have a million, of which nobody has looked at more than some hundred.
 */
final class NearestLabels {
    private final int within;
    private final int side;
    private final Map<Cell, List<Place>> places = new HashMap<>();
    private final Map<Place, Nearest> nearest = new HashMap<>();

    /** A square of the slide, no smaller than what is looked through, so that this is in the neighbouring cells at most. */
    private record Cell(long column, long row) {}

    /** @param distance from the place, in pixels */
    record Nearest(String requestId, double distance) {}

    /** @param within no label farther away than this is found, in pixels */
    NearestLabels(int within) {
        this.within = within;
        this.side = Math.max(1, within);
    }

    void lookAround(Place place) {
        places.computeIfAbsent(cell(place.x(), place.y(), 0, 0), cell -> new ArrayList<>(1))
                .add(place);
    }

    /** Of labels that are equally near the one that is shown last is found. */
    void show(PlacedLabel label) {
        for (int right = -1; right <= 1; right++) {
            for (int down = -1; down <= 1; down++) {
                for (Place place : places.getOrDefault(cell(label.x(), label.y(), right, down), List.of())) {
                    compare(place, label);
                }
            }
        }
    }

    private void compare(Place place, PlacedLabel label) {
        double distance = Math.hypot((double) place.x() - label.x(), (double) place.y() - label.y());
        Nearest before = nearest.get(place);
        if (distance <= within && (before == null || distance <= before.distance())) {
            nearest.put(place, new Nearest(label.requestId(), distance));
        }
    }

    Optional<Nearest> to(Place place) {
        return Optional.ofNullable(nearest.get(place));
    }

    private Cell cell(long x, long y, int right, int down) {
        return new Cell(Math.floorDiv(x, side) + right, Math.floorDiv(y, side) + down);
    }
}
