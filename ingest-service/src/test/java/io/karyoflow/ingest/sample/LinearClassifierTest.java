package io.karyoflow.ingest.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.image.RgbImage;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The sample must ask for more than colours at places: a linear classifier does poorly on tiles that it has not seen. */
class LinearClassifierTest {
    private static final int CLASSES = 4;
    private static final int CELLS = 16;
    private static final int FEATURES = CELLS * CELLS * 3 + 1;
    private static final int TILES = 32;
    private static final int TRAINING_TILES = 24;

    @Test
    void aLinearClassifierDoesPoorlyButBetterThanChance() {
        double[][] images = new double[1600][];
        int[] labels = new int[images.length];
        int[] tiles = new int[images.length];
        IntStream.range(0, images.length).parallel().forEach(i -> {
            labels[i] = i % CLASSES;
            tiles[i] = i / CLASSES % TILES;
            images[i] = features(TissuePainter.paint(
                    Tissue.values()[labels[i]], Stain.of(Draw.stream(~5, tiles[i])), Draw.stream(5, i)));
        });

        double[][] weights = train(images, labels, tiles);

        assertThat(accuracy(weights, images, labels, tiles, true)).isGreaterThan(0.6);
        assertThat(accuracy(weights, images, labels, tiles, false)).isBetween(0.35, 0.7);
    }

    /** Multinomial logistic regression by stochastic gradient descent with a falling step. */
    private static double[][] train(double[][] images, int[] labels, int[] tiles) {
        double[][] weights = new double[CLASSES][FEATURES];
        Random random = new Random(1);
        int steps = 60_000;
        for (int step = 0; step < steps; step++) {
            int i = random.nextInt(images.length);
            if (tiles[i] >= TRAINING_TILES) {
                continue;
            }
            double[] probabilities = probabilities(weights, images[i]);
            double rate = 0.01 * (1 - step / (double) steps);
            for (int label = 0; label < CLASSES; label++) {
                double error = probabilities[label] - (label == labels[i] ? 1 : 0);
                for (int feature = 0; feature < FEATURES; feature++) {
                    weights[label][feature] -= rate * (error * images[i][feature] + 1e-4 * weights[label][feature]);
                }
            }
        }
        return weights;
    }

    private static double accuracy(double[][] weights, double[][] images, int[] labels, int[] tiles, boolean seen) {
        int right = 0;
        int all = 0;
        for (int i = 0; i < images.length; i++) {
            if (tiles[i] < TRAINING_TILES == seen) {
                double[] probabilities = probabilities(weights, images[i]);
                int best = 0;
                for (int label = 1; label < CLASSES; label++) {
                    best = probabilities[label] > probabilities[best] ? label : best;
                }
                right += best == labels[i] ? 1 : 0;
                all++;
            }
        }
        return right / (double) all;
    }

    private static double[] probabilities(double[][] weights, double[] image) {
        double[] scores = new double[CLASSES];
        double sum = 0;
        for (int label = 0; label < CLASSES; label++) {
            for (int feature = 0; feature < FEATURES; feature++) {
                scores[label] += weights[label][feature] * image[feature];
            }
            scores[label] = Math.exp(Math.min(50, scores[label]));
            sum += scores[label];
        }
        for (int label = 0; label < CLASSES; label++) {
            scores[label] /= sum;
        }
        return scores;
    }

    /** Mean colour of 16 x 16 cells, centred, and a constant. */
    private static double[] features(RgbImage image) {
        double[] features = new double[FEATURES];
        int cell = image.width() / CELLS;
        for (int y = 0, at = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                for (int channel = 0; channel < 3; channel++, at++) {
                    int feature = ((y / cell) * CELLS + x / cell) * 3 + channel;
                    features[feature] += ((image.rgb()[at] & 255) / 255.0 - 0.65) * 2 / (cell * cell);
                }
            }
        }
        features[FEATURES - 1] = 1;
        return features;
    }
}
