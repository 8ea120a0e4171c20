/** What networks say of validation images, as it is kept with a trial: trainers and benchmarks write it, the tuner reads it. */
package io.karyoflow.common.validation;
