/** The REST interfaces of ingest and tuner, as much of them as the launcher uses. */
package io.karyoflow.launcher.client;
