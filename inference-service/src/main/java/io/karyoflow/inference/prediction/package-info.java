/**
 * Requests become labels: images are decoded, put together with others of their size, classified in batches of bounded
 * size, and each request is answered with a prediction or with the reason why there is none. Plain Java over a
 * {@link io.karyoflow.common.runtime.Classifier}.
 */
package io.karyoflow.inference.prediction;
