package io.karyoflow.ingest.image;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What counts as an image that the system can take. */
@ConfigMapping(prefix = "karyoflow.image")
public interface ImageConfig {
    /** Images with more pixels (width x height) are refused before their pixels are read. */
    @WithDefault("4194304")
    long maxPixels();

    /** Encoded images with more bytes are refused; at most 15 MiB, since a Kafka record must hold them. */
    @WithDefault("15728640")
    int maxBytes();
}
