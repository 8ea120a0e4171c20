/**
 * Promoted models in memory: loaded through DJL, warmed, switched while requests go on. Inference and explain serve from
 * here, so that both answer with the same model in the same way. The only package here that touches DJL.
 */
package io.karyoflow.common.runtime;
