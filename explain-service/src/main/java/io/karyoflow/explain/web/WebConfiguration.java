package io.karyoflow.explain.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What one process does for those who ask over HTTP. */
@ConfigMapping(prefix = "karyoflow.web")
interface WebConfiguration {

    /** Images that are explained at the same time, of quick methods and of slow ones each. */
    @WithDefault("2")
    int atOnce();

    /** Images that wait for their turn, of quick methods and of slow ones each; who comes then is told to come again. */
    @WithDefault("8")
    int waiting();

    /** How long a request waits for its turn. */
    @WithDefault("60s")
    Duration patience();

    /** Larger images are refused before they are decoded. */
    @WithDefault("16777216")
    int maxImageBytes();
}
