/** How messages become Kafka records: CloudEvents headers in binary mode, topics' settings, dead letters. */
package io.karyoflow.common.messaging;
