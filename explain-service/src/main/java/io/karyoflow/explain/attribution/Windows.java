package io.karyoflow.explain.attribution;

/** The positions of {@link Occlusion}'s window, numbered from 0: to the right first, then downwards, then channels. */
final class Windows {
    private final InputShape shape;
    private final Occlusion.Steps window;
    private final Occlusion.Steps strides;
    private final int across;
    private final int down;
    private final int count;

    Windows(InputShape shape, Occlusion.Steps window, Occlusion.Steps strides) {
        this.shape = shape;
        this.window = window;
        this.strides = strides;
        this.across = positions(shape.width(), window.width(), strides.width());
        this.down = positions(shape.height(), window.height(), strides.height());
        this.count = Math.multiplyExact(
                Math.multiplyExact(across, down), positions(shape.channels(), window.channels(), strides.channels()));
    }

    /** As few positions as reach the end, but at least one: ceil((size - window) / stride) + 1. */
    private static int positions(int size, int window, int stride) {
        int beyondTheFirst = Math.max(0, size - window);
        return (beyondTheFirst + stride - 1) / stride + 1;
    }

    int count() {
        return count;
    }

    /** Neighbouring values of an input, from {@code start} up to {@code end}. */
    @FunctionalInterface
    interface Run {
        void of(int start, int end);
    }

    /** The values that a window covers, clipped at the input's edge. */
    void forEachRun(int number, Run run) {
        int fromX = number % across * strides.width();
        int fromY = number / across % down * strides.height();
        int fromChannel = number / across / down * strides.channels();
        int toX = Math.min(fromX + window.width(), shape.width());
        int toY = Math.min(fromY + window.height(), shape.height());
        int toChannel = Math.min(fromChannel + window.channels(), shape.channels());
        for (int y = fromY; y < toY; y++) {
            if (toChannel - fromChannel == shape.channels()) {
                run.of(shape.index(y, fromX, 0), shape.index(y, toX, 0));
            } else {
                for (int x = fromX; x < toX; x++) {
                    run.of(shape.index(y, x, fromChannel), shape.index(y, x, toChannel));
                }
            }
        }
    }
}
