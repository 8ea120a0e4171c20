package io.karyoflow.ingest.dataset;

import io.karyoflow.common.dataset.ImageFiles;
import io.karyoflow.common.dataset.UnusableFileException;
import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.DatasetRegistered.OffsetRange;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.message.Sha256;
import io.karyoflow.ingest.dataset.CheckSource.Checked;
import io.karyoflow.ingest.dataset.PublishImages.Publication;
import io.karyoflow.ingest.dataset.split.Folds;
import io.karyoflow.ingest.dataset.split.SplitImages;
import io.karyoflow.ingest.dataset.split.SplitItem;
import io.karyoflow.ingest.dataset.split.UnsplittableException;
import io.karyoflow.ingest.image.CheckImage;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Imports one data set: checks all of it, assigns folds, publishes it, registers it, announces it. */
public final class ImportDataset {
    private final RecordImport recordImport;
    private final PublishImages publishImages;
    private final Runnable announceRegistered;
    private final CheckImage checkImage;
    private final ImportConfig config;
    private final Clock clock;

    /** @param announceRegistered called when the data set is registered */
    public ImportDataset(
            RecordImport recordImport,
            PublishImages publishImages,
            Runnable announceRegistered,
            CheckImage checkImage,
            ImportConfig config,
            Clock clock) {
        this.recordImport = recordImport;
        this.publishImages = publishImages;
        this.announceRegistered = announceRegistered;
        this.checkImage = checkImage;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Ends with the data set REGISTERED or REJECTED.
     *
     * @throws IOException if a file that the first pass could read cannot be read, or is another
     */
    public void run(String id, ImportRequest request) throws IOException {
        recordImport.validating(id);
        ImportProgress progress = new ImportProgress(recordImport, id, config.progressInterval(), clock);
        try (ImageFiles source = ImageFiles.open(request.source().images())) {
            Checked checked = new CheckSource(checkImage).check(request, source, progress);
            progress.write();
            decide(id, request, checked, progress);
        } catch (UnusableFileException e) {
            Problem problem = request.source().problem(e);
            recordImport.rejected(
                    id, ImportReport.of(List.of(problem), 1, List.of()), problem.file() + ": " + problem.reason());
        }
    }

    private void decide(String id, ImportRequest request, Checked checked, ImportProgress progress) throws IOException {
        ImportReport report = ImportReport.of(checked.problems(), config.listedProblems(), checked.warnings());
        if (report.refuses() && request.onError() == OnError.REJECT) {
            recordImport.rejected(
                    id,
                    report,
                    "the data set has problems, nothing was published; mend them, or import it with onError=skip to"
                            + " leave those images out");
            return;
        }
        List<LabelledFile> files = inOrderOfContent(checked.usable());
        Folds folds;
        try {
            folds = SplitImages.split(items(files), request.classes(), request.split());
        } catch (UnsplittableException e) {
            recordImport.rejected(id, report, e.getMessage());
            return;
        }
        recordImport.publishing(id, report);
        List<OffsetRange> ranges = publish(id, request, files, folds, progress);
        recordImport.registered(id, registration(id, request, files, folds, ranges));
        announceRegistered.run();
    }

    /** So that folds do not depend on the order of the archive or the CSV. */
    private static List<LabelledFile> inOrderOfContent(List<LabelledFile> files) {
        return files.stream().sorted(Comparator.comparing(LabelledFile::id)).toList();
    }

    private static List<SplitItem> items(List<LabelledFile> files) {
        return files.stream()
                .map(file -> new SplitItem(file.label(), file.group(), file.fold()))
                .toList();
    }

    /** Shuffled: CSVs tend to be sorted by class, and a reader of the topic's beginning should see all of them. */
    private List<OffsetRange> publish(
            String id, ImportRequest request, List<LabelledFile> files, Folds folds, ImportProgress progress)
            throws IOException {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, files.size()).boxed().toList());
        Collections.shuffle(order, new Random(request.split().seed()));
        try (Publication publication = publishImages.begin()) {
            for (int i : order) {
                publication.send(read(id, files.get(i), folds.of(i)));
                progress.published(publication.acknowledged());
            }
            List<OffsetRange> ranges = publication.complete();
            progress.published(publication.acknowledged());
            progress.write();
            return ranges;
        }
    }

    private LabelledImage read(String id, LabelledFile file, int fold) throws IOException {
        byte[] bytes = checkImage.read(file.file()::read);
        if (!Sha256.of(bytes).equals(file.id())) {
            throw new IOException(file.filename() + " changed while the data set was imported; import it again");
        }
        return new LabelledImage(
                file.id(), id, file.filename(), file.label(), fold, file.group(), file.contentType(), bytes);
    }

    private DatasetRegistered registration(
            String id, ImportRequest request, List<LabelledFile> files, Folds folds, List<OffsetRange> ranges) {
        int[] classCounts = new int[request.classes().size()];
        files.forEach(file -> classCounts[file.label()]++);
        return new DatasetRegistered(
                id,
                request.name(),
                request.classes(),
                files.size(),
                IntStream.of(classCounts).boxed().toList(),
                folds.counts(),
                FoldFingerprints.of(files, folds, request.classes()),
                folds.split(),
                ranges,
                clock.instant());
    }
}
