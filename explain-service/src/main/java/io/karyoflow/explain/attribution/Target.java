package io.karyoflow.explain.attribution;

/** The score that a map explains. */
public sealed interface Target {

    /** @param index of the class, from 0 */
    static Target ofClass(int index) {
        return new OfClass(index);
    }

    /** Why the class {@code of} rather than the class {@code minus}: the difference of their logits. */
    static Target difference(int of, int minus) {
        return new Difference(of, minus);
    }

    /**
     * The value of which methods take gradients and differences.
     *
     * @param logits [C]
     * @throws IllegalArgumentException if the target names none of the C classes
     */
    float score(float[] logits);

    /**
     * The score as a probability, 0 to 1: softmax of the class; of a difference, that of {@code of} when only the two
     * classes are to choose from.
     *
     * @param logits [C]
     * @param temperature that logits are divided by before softmax, above 0
     * @throws IllegalArgumentException if the target names none of the C classes
     */
    double probability(float[] logits, double temperature);

    /** The logit of one class. */
    record OfClass(int index) implements Target {
        public OfClass {
            if (index < 0) {
                throw new IllegalArgumentException("classes are numbered from 0, not " + index);
            }
        }

        @Override
        public float score(float[] logits) {
            return logit(logits, index);
        }

        @Override
        public double probability(float[] logits, double temperature) {
            float own = score(logits);
            double sum = 0;
            for (float logit : logits) {
                sum += Math.exp((logit - own) / temperature);
            }
            return 1 / sum;
        }
    }

    /** The logit of one class minus that of another. */
    record Difference(int of, int minus) implements Target {
        public Difference {
            if (of < 0 || minus < 0 || of == minus) {
                throw new IllegalArgumentException(
                        "a difference is that of two classes, numbered from 0, not of " + of + " and " + minus);
            }
        }

        @Override
        public float score(float[] logits) {
            return logit(logits, of) - logit(logits, minus);
        }

        @Override
        public double probability(float[] logits, double temperature) {
            return 1 / (1 + Math.exp(-score(logits) / temperature));
        }
    }

    private static float logit(float[] logits, int index) {
        if (index >= logits.length) {
            throw new IllegalArgumentException(
                    "class " + index + " is none of the model's " + logits.length + " classes, numbered from 0");
        }
        return logits[index];
    }
}
