/** What the services answer on Kafka: predictions, attributions, dead letters. */
package io.karyoflow.launcher.answers;
