/**
 * How messages become Kafka records: CloudEvents headers in binary mode, topics' settings, dead letters; and how requests
 * are answered exactly once ({@link io.karyoflow.common.messaging.ServeRequests}).
 */
package io.karyoflow.common.messaging;
