/**
 * Labelled images as people keep them: a CSV and, beside it, an archive or a folder. Ingest imports them and the launcher
 * reads them by these rules, so that both mean the same file by a name.
 */
package io.karyoflow.common.dataset;
