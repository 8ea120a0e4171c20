/** How the promoted model is loaded here: {@link io.karyoflow.common.runtime.ServedModels} with this service's settings. */
package io.karyoflow.inference.runtime;
