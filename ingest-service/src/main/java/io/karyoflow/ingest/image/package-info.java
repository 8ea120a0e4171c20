/** Single images: checked within the limits, then published as requests for a prediction. */
package io.karyoflow.ingest.image;
