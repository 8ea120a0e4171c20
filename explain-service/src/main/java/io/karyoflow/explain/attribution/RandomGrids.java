package io.karyoflow.explain.attribution;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * RISE's own masks: s x s cells are kept with probability p each, the grid is enlarged bilinearly to the size of s + 1
 * cells, and a part of the input's size is cut out of it, shifted by up to a cell.
 *
 * @param seed same seed, same masks, whatever the order in which they are asked for
 * @param cells s, in each direction, at least 1
 * @param p above 0, at most 1
 */
public record RandomGrids(long seed, int cells, double p) implements Masks {

    /** @throws IllegalArgumentException if a number is out of its range */
    public RandomGrids {
        if (cells < 1 || !(p > 0 && p <= 1)) {
            throw new IllegalArgumentException(
                    "n_cells (" + cells + ") must be at least 1, p (" + p + ") above 0 and at most 1");
        }
    }

    @Override
    public float[] mask(int number, InputShape shape) {
        SplittableRandom random = SampleRandom.of(seed, number);
        float[] grid = new float[cells * cells];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = random.nextDouble() < p ? 1 : 0;
        }
        int cellHeight = (shape.height() + cells - 1) / cells;
        int cellWidth = (shape.width() + cells - 1) / cells;
        Bilinear enlarged = new Bilinear(cells, cells, (cells + 1) * cellHeight, (cells + 1) * cellWidth);
        int top = random.nextInt(cellHeight);
        int left = random.nextInt(cellWidth);
        return enlarged.part(grid, top, left, shape.height(), shape.width());
    }

    @Override
    public double expectation() {
        return p;
    }

    @Override
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("n_cells", cells);
        parameters.put("p", p);
        parameters.put("seed", seed);
        return parameters;
    }
}
