package io.karyoflow.launcher.job;

import io.karyoflow.launcher.study.ConvNetStudy;
import io.karyoflow.launcher.study.PretrainedStudy;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the main job is to do.
 *
 * @param data folder in the users' layout; absent for generated nuclei
 * @param labelled how many labelled nuclei to generate
 * @param unlabelled how many unlabelled ones
 * @param study the study to run
 * @param pretrained a second study, to run after it on the same images
 * @param out where results go
 */
public record JobSettings(
        Optional<Path> data,
        int labelled,
        int unlabelled,
        ConvNetStudy study,
        Optional<PretrainedStudy> pretrained,
        Path out) {}
