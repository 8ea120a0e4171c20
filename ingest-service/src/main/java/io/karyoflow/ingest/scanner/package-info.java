/**
 * The watched folder: a scanner writes images into it, each becomes a prediction request once, of the slide that its folder is
 * named after, at the position that its name gives. {@link io.karyoflow.ingest.scanner.WatchFolder} claims a file by moving
 * it into {@code working/}, publishes it, and moves it to {@code done/}; what cannot be decoded goes to {@code rejected/}
 * with its reason. After a crash, what lies in {@code working/} is published only if {@link
 * io.karyoflow.ingest.scanner.FindPublishedRequests} does not find it.
 */
package io.karyoflow.ingest.scanner;
