/** Kafka, PostgreSQL and the five services as guarded child processes of this JVM. */
package io.karyoflow.launcher.system;
