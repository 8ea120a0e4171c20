/**
 * Sends dead letters to their topics again: {@link io.karyoflow.launcher.resend.ResendLetters} goes through them,
 * {@code ChooseLetters} says which go, {@code io.karyoflow.common.messaging.SentAgain} what goes. Plain Kafka clients, so
 * that it works beside whatever runs.
 */
package io.karyoflow.launcher.resend;
