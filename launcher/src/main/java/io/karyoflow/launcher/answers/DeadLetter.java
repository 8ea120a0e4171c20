package io.karyoflow.launcher.answers;

/** A record that a service could not use. */
public record DeadLetter(String topic, String key, String reason, String origin) {}
