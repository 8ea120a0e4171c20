package io.karyoflow.launcher.answers;

/**
 * A record that a service could not use.
 *
 * @param filename of the image that it is about, or null
 */
public record DeadLetter(String topic, String key, String filename, String reason, String origin) {}
