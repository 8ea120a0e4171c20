package io.karyoflow.ingest.dataset;

import io.karyoflow.common.dataset.FilesByName;
import io.karyoflow.common.dataset.ImageFiles.ImageFile;
import io.karyoflow.common.dataset.LabelRow;
import io.karyoflow.ingest.dataset.Problem.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the file that each row names; a name must mean one file only, and a file be named once. */
final class MatchRows {
    private final FilesByName files;
    private final List<ImageFile> images;
    private final List<Problem> problems = new ArrayList<>();

    /** A row with the one file it names. */
    record Match(LabelRow row, ImageFile image) {}

    /** @param matches in the order of the rows */
    record Matching(List<Match> matches, List<Problem> problems) {}

    private MatchRows(List<ImageFile> images) {
        this.images = images;
        this.files = new FilesByName(images);
    }

    static Matching match(List<LabelRow> rows, List<ImageFile> images) {
        return new MatchRows(images).match(rows);
    }

    private Matching match(List<LabelRow> rows) {
        Map<ImageFile, List<LabelRow>> rowsByImage = new LinkedHashMap<>();
        Map<String, List<LabelRow>> rowsWithoutFile = new LinkedHashMap<>();
        Set<ImageFile> named = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
        for (LabelRow row : rows) {
            List<ImageFile> candidates = files.candidates(row.filename());
            named.addAll(candidates);
            if (row.filename().isEmpty()) {
                problems.add(new Problem("line " + row.line(), Kind.MISSING_FILENAME, "the row names no file"));
            } else if (candidates.size() == 1) {
                rowsByImage
                        .computeIfAbsent(candidates.get(0), image -> new ArrayList<>(1))
                        .add(row);
            } else if (candidates.isEmpty()) {
                rowsWithoutFile
                        .computeIfAbsent(row.filename(), name -> new ArrayList<>(1))
                        .add(row);
            } else {
                problems.add(new Problem(
                        row.filename(), Kind.AMBIGUOUS_NAME, "several files have this name: " + paths(candidates)));
            }
        }
        rowsWithoutFile.forEach((name, without) -> problems.add(new Problem(
                name, Kind.ROW_WITHOUT_FILE, "the CSV names it in " + lines(without) + ", but there is no such file")));
        List<Match> matches = matches(rowsByImage);
        images.stream()
                .filter(image -> !named.contains(image))
                .map(image -> new Problem(image.path(), Kind.FILE_WITHOUT_ROW, "the CSV has no row for it"))
                .sorted(java.util.Comparator.comparing(Problem::file))
                .forEach(problems::add);
        return new Matching(matches, problems);
    }

    private List<Match> matches(Map<ImageFile, List<LabelRow>> rowsByImage) {
        List<Match> matches = new ArrayList<>();
        rowsByImage.forEach((image, rows) -> {
            if (rows.size() == 1) {
                matches.add(new Match(rows.get(0), image));
            } else {
                Set<String> labels = rows.stream().map(LabelRow::label).collect(Collectors.toCollection(HashSet::new));
                problems.add(new Problem(
                        rows.get(0).filename(),
                        Kind.NAMED_TWICE,
                        "the CSV names it in " + lines(rows)
                                + (labels.size() == 1 ? ", each time with the same label" : ", with different labels")
                                + "; keep one row"));
            }
        });
        return matches;
    }

    private static String lines(List<LabelRow> rows) {
        return (rows.size() == 1 ? "line " : "lines ")
                + rows.stream().map(row -> Long.toString(row.line())).collect(Collectors.joining(", "));
    }

    private static String paths(List<ImageFile> images) {
        return images.stream().map(ImageFile::path).limit(5).collect(Collectors.joining(", "));
    }
}
