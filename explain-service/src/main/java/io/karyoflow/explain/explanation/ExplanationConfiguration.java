package io.karyoflow.explain.explanation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the methods are set; each attribution says what it was made with. */
@ConfigMapping(prefix = "karyoflow.explain")
public interface ExplanationConfiguration {

    /** Inputs that go through the model together within one method: bounds the memory, changes no value. */
    @WithDefault("32")
    int inputsAtOnce();

    SmoothGrad smoothgrad();

    Occlusion occlusion();

    interface SmoothGrad {
        /** Noisy copies of each image. */
        @WithDefault("16")
        int samples();

        /** The noise's standard deviation in units of the network's input: 15% of its range from -1 to 1. */
        @WithDefault("0.3")
        float standardDeviation();

        /** Same image, model and seed: same map. */
        @WithDefault("0")
        long seed();
    }

    interface Occlusion {
        /** Side of the window as a share of the input's; it moves by half of its side. */
        @WithDefault("0.2")
        double windowShare();

        /** What hidden values become, in units of the network's input; 0 is mid-grey. */
        @WithDefault("0")
        float baseline();
    }
}
