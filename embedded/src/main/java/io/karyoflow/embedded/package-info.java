/**
 * A real Kafka broker and a real PostgreSQL for a desk, a demonstration or a test, and the guard that keeps child
 * processes from outliving whoever started them. Key components: {@link io.karyoflow.embedded.GuardedProcess},
 * {@link io.karyoflow.embedded.EmbeddedKafka}, {@link io.karyoflow.embedded.EmbeddedPostgresql}.
 */
package io.karyoflow.embedded;
