package io.karyoflow.tuner.study;

import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.tuner.scheduler.RunToTheEnd;
import io.karyoflow.tuner.scheduler.TrialScheduler;
import io.karyoflow.tuner.search.RandomSearch;
import io.karyoflow.tuner.search.SearchAlgorithm;
import io.karyoflow.tuner.space.Choice;
import io.karyoflow.tuner.space.LogUniform;
import io.karyoflow.tuner.space.SearchSpace;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A small study and data set for tests. */
public final class TestStudy {
    public static final SearchSpace SPACE = new SearchSpace(Map.of("learningRate", new LogUniform(1e-4, 1e-2)));
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private TestStudy() {}

    public static StudySpecification specification(int trials, int concurrency, int epochs) {
        return specification(trials, concurrency, epochs, new RandomSearch(), new RunToTheEnd());
    }

    public static StudySpecification specification(
            int trials, int concurrency, int epochs, SearchAlgorithm search, TrialScheduler scheduler) {
        return new StudySpecification(
                "d1",
                Architecture.CONVNET,
                SPACE,
                search,
                scheduler,
                trials,
                concurrency,
                Metric.MACRO_F1,
                epochs,
                0,
                42,
                Promotion.ALWAYS,
                null);
    }

    /** One configuration, all at once. */
    public static StudySpecification repeats(List<Integer> folds, List<Long> seeds) {
        Repeats repeats = new Repeats(folds, seeds);
        return new StudySpecification(
                "d1",
                Architecture.CONVNET,
                new SearchSpace(Map.of("width", new Choice(List.of(8)))),
                new RandomSearch(),
                new RunToTheEnd(),
                repeats.count(),
                repeats.count(),
                Metric.MACRO_F1,
                3,
                0,
                0,
                Promotion.NEVER,
                repeats);
    }

    public static DatasetRegistered dataset(String id, int folds, Double validationShare) {
        return dataset(id, List.of("epithelial", "cancer"), folds, validationShare);
    }

    /** @param classes two */
    public static DatasetRegistered dataset(String id, List<String> classes, int folds, Double validationShare) {
        return dataset(id, classes, folds, validationShare, null);
    }

    /** @param foldFingerprints of two folds */
    public static DatasetRegistered dataset(String id, List<String> foldFingerprints) {
        return dataset(id, List.of("epithelial", "cancer"), 2, null, foldFingerprints);
    }

    private static DatasetRegistered dataset(
            String id, List<String> classes, int folds, Double validationShare, List<String> foldFingerprints) {
        return new DatasetRegistered(
                id,
                "nuclei",
                classes,
                20,
                List.of(10, 10),
                List.of(List.of(5, 5), List.of(5, 5)),
                foldFingerprints,
                new DatasetRegistered.Split(DatasetRegistered.Split.Kind.STRATIFIED, 0, folds, validationShare),
                List.of(new DatasetRegistered.OffsetRange(0, 0, 20)),
                NOW);
    }

    static StudyProgress fresh(StudySpecification specification) {
        return fresh(specification, new NothingYet());
    }

    static StudyProgress fresh(StudySpecification specification, StudyHistory history) {
        return new StudyProgress(
                new Study("s1", "a study", StudyState.RUNNING, specification),
                dataset("d1", 5, null),
                List.of(),
                history);
    }

    private static final class NothingYet implements StudyHistory {
        @Override
        public Map<String, EpochMetrics> after(int epoch) {
            return Map.of();
        }

        @Override
        public Map<String, Tried> tried() {
            return Map.of();
        }
    }

    /** Metrics that are as good as {@code quality} says, from 0 to 1. */
    public static EpochMetrics quality(double quality) {
        return new EpochMetrics(1 - quality, quality, quality);
    }
}
