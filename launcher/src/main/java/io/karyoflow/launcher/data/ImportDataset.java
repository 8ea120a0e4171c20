package io.karyoflow.launcher.data;

import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.launcher.client.IngestClient;
import io.karyoflow.launcher.client.IngestClient.Dataset;
import io.karyoflow.launcher.client.IngestClient.Problem;
import io.karyoflow.launcher.progress.JobFailure;
import io.karyoflow.launcher.progress.Patience;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Has ingest check a data set and publish it; a refused one ends the job, with the reasons. */
public final class ImportDataset {
    private static final double VALIDATION_SHARE = 0.2;
    private static final int PROBLEMS_SHOWN = 20;
    private static final String WHAT_TO_DO =
            "Each row of train.csv needs its file in train.zip or train/, and each file there one row: add, mend or"
                    + " delete what is named here. Only an import by HTTP (onError=skip) leaves it out by itself.";

    private final IngestClient ingest;
    private final Patience patience;

    public ImportDataset(IngestClient ingest, Patience patience) {
        this.ingest = ingest;
        this.patience = patience;
    }

    /**
     * @param path below ingest's import root
     * @param inFolds whether the data come with folds; otherwise a part is held back to validate on
     * @throws JobFailure if ingest refuses it
     */
    public Dataset run(String path, String name, boolean inFolds) {
        patience.progress().step("Importing the data set " + name);
        OptionalDouble share = inFolds ? OptionalDouble.empty() : OptionalDouble.of(VALIDATION_SHARE);
        String id = ingest.importDataset(path, name, share).id();
        Dataset dataset = patience.await(
                "the import of " + name, () -> ingest.dataset(id), ImportDataset::isOver, ImportDataset::describe);
        return switch (dataset.state()) {
            case REGISTERED -> registered(dataset);
            case REJECTED ->
                throw new JobFailure("ingest refused the data set " + name + ": " + dataset.error()
                        + (dataset.problems().isEmpty() ? "" : "\n" + problems(dataset) + "\n" + WHAT_TO_DO));
            case FAILED -> throw new JobFailure("the import of " + name + " failed: " + dataset.error());
            case VALIDATING, PUBLISHING -> throw new IllegalStateException("the import is not over");
        };
    }

    private static boolean isOver(Dataset dataset) {
        return switch (dataset.state()) {
            case REGISTERED, REJECTED, FAILED -> true;
            case VALIDATING, PUBLISHING -> false;
        };
    }

    private static String describe(Dataset dataset) {
        String total = dataset.total() == null ? "?" : dataset.total().toString();
        return switch (dataset.state()) {
            case VALIDATING -> "checked " + orZero(dataset.checked()) + " of " + total + " images";
            case PUBLISHING -> "published " + orZero(dataset.published()) + " of " + total + " images";
            case REGISTERED, REJECTED, FAILED -> dataset.state().name().toLowerCase(java.util.Locale.ROOT);
        };
    }

    private static int orZero(Integer count) {
        return count == null ? 0 : count;
    }

    private Dataset registered(Dataset dataset) {
        DatasetRegistered registration = dataset.registration();
        patience.progress()
                .done(registration.images() + " images: "
                        + registration.countsByClass().entrySet().stream()
                                .map(count -> count.getKey() + " " + count.getValue())
                                .collect(Collectors.joining(", ")));
        patience.progress().done(splitInWords(registration));
        if (!dataset.problems().isEmpty()) {
            patience.progress().done(problems(dataset));
        }
        return dataset;
    }

    /** How far validation figures can be trusted, in plain words. */
    public static String splitInWords(DatasetRegistered registration) {
        return switch (registration.split().kind()) {
            case GROUPED_STRATIFIED ->
                "Split by the Group column: no group (patient, slide or tile) is on both sides of the validation split.";
            case STRATIFIED ->
                "Note: the data name no groups, so the split is random within classes. Patches of one tissue may be on"
                        + " both sides of it, and then the validation figures flatter.";
            case GROUPED_GIVEN ->
                "Split by the Fold column, fold 0 to validate on: no group (patient, slide or tile) is on both sides of"
                        + " the validation split.";
            case GIVEN ->
                "Split by the Fold column, fold 0 to validate on. Note: the data name no groups. If patches of one tissue"
                        + " are on both sides of the split, the validation figures flatter.";
        };
    }

    private static String problems(Dataset dataset) {
        String shown = dataset.problems().stream()
                .limit(PROBLEMS_SHOWN)
                .map(ImportDataset::line)
                .collect(Collectors.joining("\n"));
        int more = dataset.problemCount()
                - Math.min(PROBLEMS_SHOWN, dataset.problems().size());
        return more > 0 ? shown + "\n  and " + more + " more" : shown;
    }

    private static String line(Problem problem) {
        return "  " + problem.file() + ": " + problem.reason();
    }
}
