package io.karyoflow.trainer.persistence;

import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.validation.PredictionsTable;
import io.karyoflow.common.validation.ValidatedImage;
import io.karyoflow.trainer.trial.EpochResult;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.csv.CSVPrinter;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a trial's final network said of each validation image, as the one row that keeps it: a CSV, compressed while it is
 * made, since the text of all images is several times as large. With it go pictures of the mistakes that are looked at.
 *
 * @param csv gzip'd; empty if it is too large to be kept
 * @param pictures PNGs of the images in its first rows; without a table nobody knows what they show, so none is kept
 */
record ValidationPredictions(String trialId, int epoch, Optional<byte[]> csv, List<byte[]> pictures) {
    /** More than those of 200,000 images take in ten classes. Trainers have it in memory as a whole. */
    static final int MOST_BYTES = 32 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(ValidationPredictions.class);

    static ValidationPredictions pack(
            TrialRequested request, EpochResult last, Iterable<ValidatedImage> images, List<byte[]> pictures) {
        Optional<byte[]> csv = packed(last.report().classes(), images, MOST_BYTES);
        if (csv.isEmpty()) {
            LOG.warn(
                    "trial {} keeps no table of what it said of its validation images: it takes more than {} MiB",
                    request.trialId(),
                    MOST_BYTES >> 20);
        }
        return new ValidationPredictions(request.trialId(), last.epoch(), csv, pictures);
    }

    /** @return empty as soon as it takes more than {@code mostBytes} */
    static Optional<byte[]> packed(List<String> classes, Iterable<ValidatedImage> images, int mostBytes) {
        PredictionsTable table = new PredictionsTable(classes);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (CSVPrinter csv = new CSVPrinter(
                new BufferedWriter(new OutputStreamWriter(new GZIPOutputStream(packed), StandardCharsets.UTF_8)),
                PredictionsTable.FORMAT)) {
            csv.printRecord(table.header());
            for (ValidatedImage image : images) {
                csv.printRecord(table.row(image));
                if (packed.size() > mostBytes) {
                    return Optional.empty();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return packed.size() > mostBytes ? Optional.empty() : Optional.of(packed.toByteArray());
    }

    /** In place of those of an earlier attempt; the report of the epoch must be there. */
    void replace(Handle handle) {
        handle.createUpdate("DELETE FROM validation_predictions WHERE trial_id = :trial")
                .bind("trial", trialId)
                .execute();
        csv.ifPresent(bytes -> insert(handle, bytes));
    }

    private void insert(Handle handle, byte[] bytes) {
        handle.createUpdate(
                        "INSERT INTO validation_predictions (trial_id, epoch, csv_gzip) VALUES (:trial, :epoch, :csv)")
                .bind("trial", trialId)
                .bind("epoch", epoch)
                .bind("csv", bytes)
                .execute();
        for (int i = 0; i < pictures.size(); i++) {
            handle.createUpdate("INSERT INTO mistake_picture (trial_id, number, png) VALUES (:trial, :number, :png)")
                    .bind("trial", trialId)
                    .bind("number", i + 1)
                    .bind("png", pictures.get(i))
                    .execute();
        }
    }
}
