/**
 * The events that cross a process boundary, one record each, and the topics that carry them.
 *
 * <p>Control messages and results are JSON ({@link io.karyoflow.common.message.MessageJson}). Images travel as the
 * encoded file itself; their attributes are CloudEvents headers. Nothing here knows Kafka.
 */
package io.karyoflow.common.message;
