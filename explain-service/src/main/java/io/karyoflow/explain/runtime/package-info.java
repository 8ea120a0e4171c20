/** Joins the model that is served to the plain attribution library, which knows nothing of how models are run. */
package io.karyoflow.explain.runtime;
