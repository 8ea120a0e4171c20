/**
 * Labelled data sets: a CSV with an archive or folder of images is read twice. The first pass decodes every image and
 * reports all problems ({@link io.karyoflow.ingest.dataset.CheckSource}); only then, with folds assigned, the second
 * publishes. {@link io.karyoflow.ingest.dataset.ImportDataset} reads as the table of contents; what it needs of Kafka and
 * PostgreSQL are the interfaces {@link io.karyoflow.ingest.dataset.PublishImages}, {@link
 * io.karyoflow.ingest.dataset.AnnounceDataset} and {@link io.karyoflow.ingest.dataset.Datasets}.
 */
package io.karyoflow.ingest.dataset;
