package io.karyoflow.trainer.data;

import java.util.random.RandomGenerator;

/**
 * Blends each image of a batch with another one of the batch (Zhang et al., mixup: Beyond Empirical Risk Minimization,
 * 2017): lambda x_i + (1 - lambda) x_j for a random permutation j of i and one lambda ~ Beta(alpha, alpha) a batch. Which
 * of the two images comes first is only a name, so the one of the larger share does.
 *
 * @param share max(lambda, 1 - lambda)
 * @param partners j, for each i
 */
record Mixup(double share, int[] partners) {
    private static final int WHOLE = 1 << 16;

    /** @param alpha above 0, at most 1; the smaller, the rarer are blends of equal shares */
    static Mixup draw(double alpha, int images, RandomGenerator random) {
        int[] partners = new int[images];
        for (int i = 0; i < images; i++) {
            partners[i] = i;
        }
        FisherYates.shuffle(partners, random);
        double lambda = beta(alpha, random);
        return new Mixup(Math.max(lambda, 1 - lambda), partners);
    }

    /** @return a blended copy */
    Batch apply(Batch batch) {
        byte[] own = batch.rgb();
        byte[] blended = new byte[own.length];
        int[] otherLabels = new int[batch.size()];
        int image = own.length / batch.size();
        int weight = (int) Math.round(WHOLE * share);
        for (int i = 0; i < batch.size(); i++) {
            otherLabels[i] = batch.labels()[partners[i]];
            int other = (partners[i] - i) * image;
            for (int at = i * image; at < (i + 1) * image; at++) {
                int sum = weight * (own[at] & 255) + (WHOLE - weight) * (own[at + other] & 255);
                blended[at] = (byte) ((sum + WHOLE / 2) / WHOLE);
            }
        }
        return new Batch(batch.height(), batch.width(), blended, batch.slides(), batch.labels(), otherLabels, share);
    }

    /**
     * Beta(alpha, alpha) by Johnk's method (1964): x / (x + y) for x = u^(1 / alpha) and y = v^(1 / alpha) with uniform u
     * and v, drawn again while x + y exceeds 1. In logarithms, since for a small alpha both may be too small for a double.
     */
    static double beta(double alpha, RandomGenerator random) {
        while (true) {
            double logX = Math.log(1 - random.nextDouble()) / alpha;
            double logY = Math.log(1 - random.nextDouble()) / alpha;
            if (Math.exp(logX) + Math.exp(logY) <= 1) {
                return 1 / (1 + Math.exp(logY - logX));
            }
        }
    }
}
