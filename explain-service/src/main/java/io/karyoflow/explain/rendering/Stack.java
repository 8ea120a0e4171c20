package io.karyoflow.explain.rendering;

import java.awt.Graphics2D;
import java.util.List;

/** Blocks below each other. */
record Stack(List<? extends Block> blocks, double gap) implements Block {

    @Override
    public double height() {
        double gaps = gap * Math.max(0, blocks.size() - 1);
        return blocks.stream().mapToDouble(Block::height).sum() + gaps;
    }

    @Override
    public void draw(Graphics2D graphics, double x, double y) {
        double top = y;
        for (Block block : blocks) {
            block.draw(graphics, x, top);
            top += block.height() + gap;
        }
    }
}
