package io.karyoflow.trainer.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.linalg.SelfAdjointEig;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Brings each image to the same haematoxylin and eosin (Macenko et al., A Method for Normalizing Histology Slides for
 * Quantitative Analysis, 2009). Optical densities -ln((pixel + 1) / 240) of stained pixels lie near the plane of two stain
 * colours: it is that of the two largest eigenvectors of their covariance, and the stains are its robust extremes, the 1st
 * and 99th percentile of the angle. Each pixel's amounts of both are scaled so that their 99th percentiles are those of the
 * reference, and mixed again in the reference's colours, which are the authors'.
 *
 * <p>An image in which two stains cannot be told apart stays as it is: fewer than 5 % of its pixels are stained, or the two
 * colours are less than 5 degrees apart.
 */
final class Macenko {
    private static final float WHITE = 240;
    /** Pixels with a density below it in any colour are glass. */
    private static final float GLASS = 0.15f;

    private static final float EXTREME = 0.01f;
    private static final float LEAST_STAINED = 0.05f;
    private static final float LARGEST_COSINE = (float) Math.cos(Math.toRadians(5));
    private static final float ALMOST_NONE = 1e-6f;

    /** [stain][colour], of length 1: haematoxylin, eosin */
    private static final float[][] REFERENCE = {{0.5626f, 0.7201f, 0.4062f}, {0.2159f, 0.8012f, 0.5581f}};
    /** 99th percentile of the amount of each */
    private static final float[] REFERENCE_AMOUNTS = {1.9705f, 1.0308f};

    private final Ops tf;

    Macenko(Ops tf) {
        this.tf = tf;
    }

    /**
     * @param images [N, s, s, 3], 0..255
     * @param side s
     * @return the same, normalised; no gradient flows through it
     */
    Operand<TFloat32> normalise(Operand<TFloat32> images, int side) {
        int pixels = side * side;
        Operand<TFloat32> flat = tf.reshape(images, tf.constant(new int[] {-1, pixels, 3}));
        Operand<TFloat32> densities =
                tf.math.neg(tf.math.log(tf.math.div(tf.math.add(flat, tf.constant(1f)), tf.constant(WHITE))));
        Operand<TFloat32> stained = tf.dtypes.cast(
                tf.math.greater(tf.min(densities, tf.constant(2)), tf.constant(GLASS)), TFloat32.class); // [N, P]
        Operand<TFloat32> count = tf.sum(stained, tf.constant(1)); // [N]

        Operand<TFloat32> stains = stains(densities, stained, count, pixels);
        Operand<TFloat32> cosine = tf.sum(tf.math.mul(stain(stains, 0), stain(stains, 1)), tf.constant(1));
        Operand<TFloat32> amounts = amounts(densities, stains, cosine);
        Operand<TFloat32> scaled = tf.math.mul(amounts, scale(amounts, pixels));
        Operand<TFloat32> mixed =
                tf.linalg.matMul(tf.reshape(scaled, tf.constant(new int[] {-1, 2})), tf.constant(REFERENCE));
        Operand<TFloat32> pixelsAgain =
                tf.math.sub(tf.math.mul(tf.math.exp(tf.math.neg(mixed)), tf.constant(WHITE)), tf.constant(1f));
        Operand<TFloat32> normalised = tf.clipByValue(
                tf.reshape(pixelsAgain, tf.constant(new int[] {-1, pixels, 3})), tf.constant(0f), tf.constant(255f));

        Operand<TBool> possible = tf.math.logicalAnd(
                tf.math.greaterEqual(count, tf.constant(LEAST_STAINED * pixels)),
                tf.math.less(cosine, tf.constant(LARGEST_COSINE)));
        Operand<TBool> chosen = tf.reshape(possible, tf.constant(new int[] {-1, 1, 1}));
        return tf.reshape(tf.select(chosen, normalised, flat), tf.constant(new int[] {-1, side, side, 3}));
    }

    /** [N, 2, 3]: the more haematoxylin-like, which is the redder in density, first; each of length 1 */
    private Operand<TFloat32> stains(
            Operand<TFloat32> densities, Operand<TFloat32> stained, Operand<TFloat32> count, int pixels) {
        Operand<TFloat32> weight = tf.expandDims(stained, tf.constant(2)); // [N, P, 1]
        Operand<TFloat32> total = tf.math.maximum(count, tf.constant(1f));
        Operand<TFloat32> mean = tf.math.div(
                tf.sum(tf.math.mul(densities, weight), tf.constant(1)), tf.expandDims(total, tf.constant(1)));
        Operand<TFloat32> centred = tf.math.mul(tf.math.sub(densities, tf.expandDims(mean, tf.constant(1))), weight);
        Operand<TFloat32> covariance = tf.math.div(
                tf.train.batchMatMul(centred, centred, TFloat32.class, BatchMatMul.adjX(true)),
                tf.reshape(total, tf.constant(new int[] {-1, 1, 1})));
        SelfAdjointEig<TFloat32> eigen = tf.linalg.selfAdjointEig(covariance, SelfAdjointEig.computeV(true));
        // eigenvalues rise, so the plane is that of the last two columns; each towards positive densities
        Operand<TFloat32> plane =
                tf.slice(eigen.v(), tf.constant(new int[] {0, 0, 1}), tf.constant(new int[] {-1, 3, 2}));
        Operand<TFloat32> columns = tf.sum(plane, tf.constant(1)); // [N, 2]
        Operand<TFloat32> direction = tf.math.sub(
                tf.math.mul(
                        tf.dtypes.cast(tf.math.greaterEqual(columns, tf.constant(0f)), TFloat32.class),
                        tf.constant(2f)),
                tf.constant(1f));
        plane = tf.math.mul(plane, tf.expandDims(direction, tf.constant(1)));

        Operand<TFloat32> projected = tf.train.batchMatMul(densities, plane, TFloat32.class); // [N, P, 2]
        Operand<TFloat32> angle = tf.math.atan2(column(projected, 0), column(projected, 1)); // from the main axis
        Operand<TFloat32> last = tf.math.sub(total, tf.constant(1f));
        Operand<TFloat32> lowest = percentile(angle, stained, last, EXTREME, pixels);
        Operand<TFloat32> highest = percentile(angle, stained, last, 1 - EXTREME, pixels);
        Operand<TFloat32> one = at(plane, lowest);
        Operand<TFloat32> other = at(plane, highest);
        Operand<TBool> oneIsRedder = tf.math.greater(red(one), red(other)); // [N, 1]
        return tf.stack(
                List.of(tf.select(oneIsRedder, one, other), tf.select(oneIsRedder, other, one)), Stack.axis(1L));
    }

    /** The direction in the plane at this angle: [N, 3], of length 1. */
    private Operand<TFloat32> at(Operand<TFloat32> plane, Operand<TFloat32> angle) {
        Operand<TFloat32> coordinates =
                tf.stack(List.of(tf.math.sin(angle), tf.math.cos(angle)), Stack.axis(1L)); // [N, 2]
        return tf.sum(tf.math.mul(plane, tf.expandDims(coordinates, tf.constant(1))), tf.constant(2));
    }

    /** Of the angles of stained pixels: [N]. @param last stained pixels less one, [N] */
    private Operand<TFloat32> percentile(
            Operand<TFloat32> angle, Operand<TFloat32> stained, Operand<TFloat32> last, float share, int pixels) {
        // glass goes to the far end of the order, beyond any angle
        Operand<TFloat32> beyond = tf.math.mul(tf.math.sub(tf.constant(1f), stained), tf.constant(10f));
        Operand<TFloat32> order =
                tf.math.neg(tf.nn.topK(tf.math.neg(tf.math.add(angle, beyond)), tf.constant(pixels), TInt32.class)
                        .values());
        return chosen(order, tf.math.mul(last, tf.constant(share)));
    }

    /** One of each row. @param place [N], rounded */
    private Operand<TFloat32> chosen(Operand<TFloat32> rows, Operand<TFloat32> place) {
        Operand<TInt32> index = tf.dtypes.cast(tf.math.round(place), TInt32.class);
        return tf.squeeze(
                tf.gather(rows, tf.expandDims(index, tf.constant(1)), tf.constant(1), Gather.batchDims(1L)),
                Squeeze.axis(List.of(1L)));
    }

    /** Least squares: densities = amounts * stains, with stains of length 1. @return [N, P, 2] */
    private Operand<TFloat32> amounts(Operand<TFloat32> densities, Operand<TFloat32> stains, Operand<TFloat32> cosine) {
        Operand<TFloat32> projections =
                tf.train.batchMatMul(densities, stains, TFloat32.class, BatchMatMul.adjY(true)); // [N, P, 2]
        Operand<TFloat32> c = tf.reshape(cosine, tf.constant(new int[] {-1, 1, 1}));
        Operand<TFloat32> determinant =
                tf.math.maximum(tf.math.sub(tf.constant(1f), tf.math.mul(c, c)), tf.constant(ALMOST_NONE));
        Operand<TFloat32> swapped = tf.reverse(projections, tf.constant(new int[] {2}));
        return tf.math.div(tf.math.sub(projections, tf.math.mul(swapped, c)), determinant);
    }

    /** [N, 1, 2] */
    private Operand<TFloat32> scale(Operand<TFloat32> amounts, int pixels) {
        int place = Math.round((1 - EXTREME) * (pixels - 1));
        Operand<TFloat32> byStain = tf.linalg.transpose(amounts, tf.constant(new int[] {0, 2, 1}));
        Operand<TFloat32> largest =
                tf.nn.topK(byStain, tf.constant(pixels - place), TInt32.class).values();
        Operand<TFloat32> high =
                tf.slice(largest, tf.constant(new int[] {0, 0, pixels - place - 1}), tf.constant(new int[] {-1, 2, 1}));
        Operand<TFloat32> reference = tf.constant(REFERENCE_AMOUNTS);
        return tf.math.div(
                tf.reshape(reference, tf.constant(new int[] {1, 1, 2})),
                tf.reshape(tf.math.maximum(high, tf.constant(ALMOST_NONE)), tf.constant(new int[] {-1, 1, 2})));
    }

    private Operand<TFloat32> stain(Operand<TFloat32> stains, int number) {
        return tf.reshape(
                tf.slice(stains, tf.constant(new int[] {0, number, 0}), tf.constant(new int[] {-1, 1, 3})),
                tf.constant(new int[] {-1, 3}));
    }

    private Operand<TFloat32> column(Operand<TFloat32> x, int number) {
        return tf.squeeze(
                tf.slice(x, tf.constant(new int[] {0, 0, number}), tf.constant(new int[] {-1, -1, 1})),
                Squeeze.axis(List.of(2L)));
    }

    private Operand<TFloat32> red(Operand<TFloat32> stain) {
        return tf.slice(stain, tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, 1}));
    }
}
