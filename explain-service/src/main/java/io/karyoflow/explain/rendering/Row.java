package io.karyoflow.explain.rendering;

import java.awt.Graphics2D;
import java.util.List;
import java.util.function.Function;

/** Columns beside each other, their bodies beginning at the same height however long the titles are. */
record Row(List<Column> columns, double columnWidth, double gap) implements Block {
    private static final double BELOW_TITLE = 6;

    /** A title and what stands below it. */
    record Column(Block title, Block body) {}

    @Override
    public double height() {
        return highest(Column::title) + BELOW_TITLE + highest(Column::body);
    }

    @Override
    public void draw(Graphics2D graphics, double x, double y) {
        double titlesEnd = y + highest(Column::title);
        double left = x;
        for (Column column : columns) {
            column.title().draw(graphics, left, titlesEnd - column.title().height());
            column.body().draw(graphics, left, titlesEnd + BELOW_TITLE);
            left += columnWidth + gap;
        }
    }

    private double highest(Function<Column, Block> part) {
        return columns.stream()
                .mapToDouble(column -> part.apply(column).height())
                .max()
                .orElse(0);
    }
}
