package io.karyoflow.launcher.report;

import io.karyoflow.launcher.client.TunerClient.CurvePoint;
import io.karyoflow.launcher.client.TunerClient.Trial;
import io.karyoflow.launcher.study.StudyResult;
import io.karyoflow.launcher.study.StudyResults;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws loss and accuracy over the epochs of every trial: validation solid, training dashed, the best one in red. Each study
 * has a row, and all rows the same scales.
 */
final class DrawCurves {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 560;
    private static final Color BEST = new Color(0xc0392b);
    /** Told apart also by those who see no red or green; trials beyond take them again. */
    private static final List<Color> OTHERS = List.of(
            new Color(0x4c78a8),
            new Color(0x7f7f7f),
            new Color(0x59a89c),
            new Color(0xb07aa1),
            new Color(0xe1b12c),
            new Color(0x9c755f));

    private static final BasicStroke THIN = new BasicStroke(1.6f);
    private static final BasicStroke THICK = new BasicStroke(3.2f);
    private static final int LEGEND_LIMIT = 12;

    private DrawCurves() {}

    static BufferedImage of(StudyResults studies) {
        List<XYChart> losses = new ArrayList<>();
        List<XYChart> accuracies = new ArrayList<>();
        for (StudyResult study : studies.all()) {
            String network = studies.all().size() == 1 ? "" : study.network() + ": ";
            losses.add(chart(
                    network + "Loss (cross entropy, nats)",
                    study,
                    CurvePoint::validationLoss,
                    CurvePoint::trainingLoss));
            accuracies.add(
                    chart(network + "Accuracy", study, CurvePoint::validationAccuracy, CurvePoint::trainingAccuracy));
        }
        shareScale(losses);
        shareScale(accuracies);
        accuracies.forEach(
                chart -> chart.getStyler().setYAxisMax(1.0).setLegendPosition(Styler.LegendPosition.InsideSE));
        return painted(losses, accuracies);
    }

    /** The first list to the left, the second to the right, a row for each study. */
    private static BufferedImage painted(List<XYChart> left, List<XYChart> right) {
        BufferedImage image = new BufferedImage(2 * WIDTH, left.size() * HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int row = 0; row < left.size(); row++) {
            left.get(row).paint(graphics, WIDTH, HEIGHT);
            graphics.translate(WIDTH, 0);
            right.get(row).paint(graphics, WIDTH, HEIGHT);
            graphics.translate(-WIDTH, HEIGHT);
        }
        graphics.dispose();
        return image;
    }

    private static void shareScale(List<XYChart> charts) {
        DoubleSummaryStatistics values = charts.stream()
                .flatMap(chart -> chart.getSeriesMap().values().stream())
                .flatMapToDouble(series -> Arrays.stream(series.getYData()))
                .summaryStatistics();
        if (charts.size() > 1 && values.getCount() > 0) {
            charts.forEach(
                    chart -> chart.getStyler().setYAxisMin(values.getMin()).setYAxisMax(values.getMax()));
        }
    }

    private static XYChart chart(
            String title,
            StudyResult study,
            ToDoubleFunction<CurvePoint> validation,
            ToDoubleFunction<CurvePoint> training) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title + " - solid: validation, dashed: training")
                .xAxisTitle("epoch")
                .build();
        style(chart.getStyler(), study);
        for (Trial trial : bestLast(study)) {
            if (trial.curves().isEmpty()) {
                continue; // it failed before its first epoch was over
            }
            boolean best = trial.id().equals(study.best().id());
            Color colour = best ? BEST : OTHERS.get((trial.number() - 1) % OTHERS.size());
            BasicStroke stroke = best ? THICK : THIN;
            String name = "trial " + trial.number() + (best ? " (best)" : "");
            add(chart, name, trial, validation, colour, stroke).setShowInLegend(true);
            add(chart, name + ", training", trial, training, colour, dashed(stroke))
                    .setShowInLegend(false);
        }
        return chart;
    }

    /** So that it is drawn over the others. */
    private static List<Trial> bestLast(StudyResult study) {
        List<Trial> trials = new ArrayList<>(study.trials());
        trials.sort(Comparator.comparing(trial -> trial.id().equals(study.best().id())));
        return trials;
    }

    private static void style(Styler styler, StudyResult study) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setLegendPosition(Styler.LegendPosition.InsideNE);
        styler.setLegendVisible(study.trials().size() <= LEGEND_LIMIT);
        styler.setPlotContentSize(0.95);
    }

    private static XYSeries add(
            XYChart chart,
            String name,
            Trial trial,
            ToDoubleFunction<CurvePoint> value,
            Color colour,
            BasicStroke stroke) {
        XYSeries series = chart.addSeries(
                name,
                trial.curves().stream().mapToDouble(CurvePoint::epoch).toArray(),
                trial.curves().stream().mapToDouble(value).toArray());
        series.setLineColor(colour);
        series.setLineStyle(stroke);
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(colour);
        return series;
    }

    private static BasicStroke dashed(BasicStroke stroke) {
        return new BasicStroke(
                stroke.getLineWidth() * 0.7f,
                BasicStroke.CAP_BUTT,
                BasicStroke.JOIN_ROUND,
                10f,
                new float[] {6f, 5f},
                0f);
    }
}
