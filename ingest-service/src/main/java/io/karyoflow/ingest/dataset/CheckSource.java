package io.karyoflow.ingest.dataset;

import io.karyoflow.common.concurrent.OrderedWork;
import io.karyoflow.common.dataset.ImageFiles;
import io.karyoflow.common.dataset.ImageFiles.Listing;
import io.karyoflow.common.dataset.LabelRow;
import io.karyoflow.common.dataset.LabelTable;
import io.karyoflow.common.dataset.UnusableFileException;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.ingest.dataset.MatchRows.Match;
import io.karyoflow.ingest.dataset.MatchRows.Matching;
import io.karyoflow.ingest.dataset.Problem.Kind;
import io.karyoflow.ingest.dataset.split.GivenFolds;
import io.karyoflow.ingest.image.CheckImage;
import io.karyoflow.ingest.image.CheckedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The first pass: reads and decodes every image, finds every problem, publishes nothing. */
final class CheckSource {
    private final CheckImage checkImage;

    CheckSource(CheckImage checkImage) {
        this.checkImage = checkImage;
    }

    /**
     * @param usable files without a problem, in the order of the CSV
     * @param problems all that were found
     */
    record Checked(List<LabelledFile> usable, List<Problem> problems) {

        List<String> warnings() {
            if (usable.stream().anyMatch(file -> file.group() != null)) {
                return List.of();
            }
            return List.of(
                    usable.stream().anyMatch(file -> file.fold() != null)
                            ? "no Group column: it cannot be checked that the folds keep patches of one tissue on one side"
                                    + " of the split; if they do not, validation flatters"
                            : "no Group column: patches of one tissue may be on both sides of the split, so validation may"
                                    + " flatter");
        }
    }

    /** @throws UnusableFileException if the CSV cannot be used as a whole, or not as the request wants it */
    Checked check(ImportRequest request, ImageFiles source, ImportProgress progress)
            throws IOException, UnusableFileException {
        List<LabelRow> rows = rows(request.source().csv());
        boolean inFolds = rows.stream().anyMatch(row -> !row.fold().isEmpty());
        if (inFolds && !request.split().byDefault()) {
            throw new UnusableFileException(
                    request.source().csv(),
                    "its column Fold says how to split, and so does the request: leave folds, validationShare and seed"
                            + " out of the request, or the column out of the file");
        }
        Listing listing = source.list();
        List<Problem> problems = new ArrayList<>();
        listing.refused()
                .forEach(refused -> problems.add(new Problem(refused.path(), Kind.ESCAPES_FOLDER, refused.reason())));
        Matching matching = MatchRows.match(rows, listing.images());
        problems.addAll(matching.problems());

        progress.total(matching.matches().size());
        CheckRow checkRow = new CheckRow(new ClassLabels(request.classes()), namesGroups(rows), inFolds, problems::add);
        List<LabelledFile> files = new ArrayList<>();
        OrderedWork<CheckImage.Attempt<Match>, RuntimeException> images = checkImage.sideBySide(attempt -> {
            checkRow.check(attempt).ifPresent(files::add);
            progress.checked();
        });
        for (Match match : matching.matches()) {
            images.add(() -> checkImage.attempt(match, match.image()::read).withoutBytes());
        }
        images.finish();
        return new Checked(withoutDuplicates(files, problems::add), problems);
    }

    private static List<LabelRow> rows(Path csv) throws IOException, UnusableFileException {
        List<LabelRow> rows = LabelTable.read(csv);
        if (rows.isEmpty()) {
            throw new UnusableFileException(csv, "it has a header but no rows");
        }
        return rows;
    }

    private static boolean namesGroups(List<LabelRow> rows) {
        return rows.stream().anyMatch(row -> !row.group().isEmpty());
    }

    /** One row and its file. */
    private record CheckRow(ClassLabels labels, boolean grouped, boolean inFolds, Consumer<Problem> problems) {

        Optional<LabelledFile> check(CheckImage.Attempt<Match> attempt) {
            LabelRow row = attempt.file().row();
            OptionalInt label = labels.parse(row.label());
            OptionalInt fold = GivenFolds.parse(row.fold());
            boolean usable = true;
            if (row.label().isEmpty()) {
                usable = report(
                        row, Kind.MISSING_LABEL, "line " + row.line() + " has no label; " + labels.expectation());
            } else if (label.isEmpty()) {
                usable = report(row, Kind.UNKNOWN_LABEL, "the label is '" + row.label() + "'; " + labels.expectation());
            }
            if (grouped && row.group().isEmpty()) {
                usable = report(
                        row,
                        Kind.MISSING_GROUP,
                        "other rows name their group, this one (line " + row.line() + ") does not; name it, so that"
                                + " no group is on both sides of the split");
            }
            if (inFolds && row.fold().isEmpty()) {
                usable = report(
                        row,
                        Kind.MISSING_FOLD,
                        "other rows have a fold, this one (line " + row.line() + ") does not; give it one, or leave the"
                                + " column out, and all are dealt to folds");
            } else if (inFolds && fold.isEmpty()) {
                usable = report(row, Kind.UNKNOWN_FOLD, "the fold is '" + row.fold() + "'; " + GivenFolds.EXPECTATION);
            }
            try {
                CheckedImage image = attempt.image();
                return usable
                        ? Optional.of(new LabelledFile(
                                attempt.file().image(),
                                row.filename(),
                                label.getAsInt(),
                                grouped ? row.group() : null,
                                inFolds ? fold.getAsInt() : null,
                                image.id(),
                                image.contentType()))
                        : Optional.empty();
            } catch (UndecodableImageException e) {
                report(row, kind(e.kind()), e.getMessage());
            } catch (IOException e) {
                report(row, Kind.UNREADABLE, "the file cannot be read: " + e.getMessage());
            }
            return Optional.empty();
        }

        /** False, as is then whether the file can be used. */
        private boolean report(LabelRow row, Kind kind, String reason) {
            problems.accept(new Problem(row.filename(), kind, reason));
            return false;
        }

        private static Kind kind(UndecodableImageException.Kind kind) {
            return switch (kind) {
                case EMPTY -> Kind.EMPTY;
                case NOT_AN_IMAGE -> Kind.NOT_AN_IMAGE;
                case BROKEN -> Kind.TRUNCATED;
                case TOO_LARGE -> Kind.TOO_LARGE;
            };
        }
    }

    /** Of files with the same bytes the first is kept if they agree on the label, else none. */
    private static List<LabelledFile> withoutDuplicates(List<LabelledFile> files, Consumer<Problem> problems) {
        Map<String, List<LabelledFile>> byContent = new LinkedHashMap<>();
        files.forEach(file ->
                byContent.computeIfAbsent(file.id(), id -> new ArrayList<>(1)).add(file));
        List<LabelledFile> kept = new ArrayList<>();
        for (List<LabelledFile> same : byContent.values()) {
            LabelledFile first = same.get(0);
            boolean agree = same.stream().allMatch(file -> file.label() == first.label());
            if (agree) {
                kept.add(first);
            } else {
                problems.accept(otherLabel(first, other(same, first)));
            }
            for (LabelledFile file : same.subList(1, same.size())) {
                problems.accept(
                        agree
                                ? new Problem(
                                        file.filename(),
                                        Kind.DUPLICATE,
                                        "the same bytes and label as " + first.filename() + ", which is kept")
                                : otherLabel(file, other(same, file)));
            }
        }
        return kept;
    }

    private static LabelledFile other(List<LabelledFile> same, LabelledFile file) {
        return same.stream()
                .filter(other -> other.label() != file.label())
                .findFirst()
                .orElseThrow();
    }

    private static Problem otherLabel(LabelledFile file, LabelledFile other) {
        return new Problem(
                file.filename(),
                Kind.SAME_BYTES_OTHER_LABEL,
                "the same bytes as " + other.filename() + ", which has label " + other.label() + " where this has "
                        + file.label());
    }
}
