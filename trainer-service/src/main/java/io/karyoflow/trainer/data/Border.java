package io.karyoflow.trainer.data;

/** What lies beyond an image's border: the image as in a mirror that stands at its edge, so 2 1 0 | 0 1 2 | 2 1 0. */
final class Border {
    private Border() {}

    /** @return the index within 0..length - 1 that is seen at {@code index}, which may be any number */
    static int reflected(int index, int length) {
        int folded = Math.floorMod(index, 2 * length);
        return folded < length ? folded : 2 * length - 1 - folded;
    }
}
