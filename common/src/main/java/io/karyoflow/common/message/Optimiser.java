package io.karyoflow.common.message;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How weights follow their gradients. */
public enum Optimiser {
    /** Adam with weight decay apart from the gradient (Loshchilov and Hutter, 2017) */
    @JsonProperty("adamw")
    ADAMW,
    /** Adam (Kingma and Ba, 2014); weight decay is part of the gradient */
    @JsonProperty("adam")
    ADAM,
    /** stochastic gradient descent with Nesterov momentum (Sutskever et al., 2013); weight decay is part of the gradient */
    @JsonProperty("sgd")
    SGD
}
