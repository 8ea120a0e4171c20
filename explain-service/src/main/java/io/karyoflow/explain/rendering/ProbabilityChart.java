package io.karyoflow.explain.rendering;

import io.karyoflow.explain.rendering.Panel.ClassProbability;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The probability of each class as a bar, in the order of the classes; of very many only the most probable. */
final class ProbabilityChart {
    private static final int MOST_CLASSES = 8;

    private ProbabilityChart() {}

    static Block of(List<ClassProbability> probabilities, ClassProbability predicted, double width) {
        List<ClassProbability> shown = mostProbable(probabilities);
        List<Block> rows = new ArrayList<>();
        for (ClassProbability one : shown) {
            boolean isPredicted = one.equals(predicted);
            TextStyle style = isPredicted ? TextStyle.STRONG : TextStyle.BODY;
            Block label = NameAndValue.of(one.className(), Figures.percent(one.probability()), style, width);
            rows.add(new Stack(List.of(label, new Bar(one.probability(), width, isPredicted)), 2));
        }
        if (shown.size() < probabilities.size()) {
            double others = probabilities.stream()
                    .filter(one -> !shown.contains(one))
                    .mapToDouble(ClassProbability::probability)
                    .sum();
            String name = (probabilities.size() - shown.size()) + " other classes together";
            rows.add(NameAndValue.of(name, Figures.percent(others), TextStyle.QUIET, width));
        }
        return new Stack(rows, 5);
    }

    private static List<ClassProbability> mostProbable(List<ClassProbability> probabilities) {
        List<ClassProbability> most = probabilities.stream()
                .sorted(Comparator.comparingDouble(ClassProbability::probability)
                        .reversed())
                .limit(MOST_CLASSES)
                .toList();
        return probabilities.stream().filter(most::contains).toList();
    }

    private record Bar(double probability, double width, boolean isPredicted) implements Block {
        private static final double HEIGHT = 6;

        @Override
        public double height() {
            return HEIGHT;
        }

        @Override
        public void draw(Graphics2D graphics, double x, double y) {
            graphics.setColor(Palette.TRACK);
            graphics.fill(new Rectangle2D.Double(x, y, width, HEIGHT));
            graphics.setColor(isPredicted ? Palette.ACCENT : Palette.BAR);
            graphics.fill(new Rectangle2D.Double(x, y, width * Math.max(0, Math.min(1, probability)), HEIGHT));
        }
    }
}
