package io.karyoflow.launcher.job;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the main job is to do.
 *
 * @param data folder in the users' layout; absent for generated nuclei
 * @param labelled how many labelled nuclei to generate
 * @param unlabelled how many unlabelled ones
 * @param study the study to run
 * @param out where results go
 */
public record JobSettings(Optional<Path> data, int labelled, int unlabelled, StudySettings study, Path out) {}
