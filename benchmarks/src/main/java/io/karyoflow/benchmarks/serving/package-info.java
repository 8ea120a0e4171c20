/** How fast requests are answered, by the inference service and by a service in Python. */
package io.karyoflow.benchmarks.serving;
