/**
 * One trial from request to stored model: {@code RunTrial} is the table of contents. Metrics are recorded, models stored
 * and events said through the ports beside it; whoever implements them reports an outage as {@code OutageException}, and
 * the trial waits for its end.
 */
package io.karyoflow.trainer.trial;
