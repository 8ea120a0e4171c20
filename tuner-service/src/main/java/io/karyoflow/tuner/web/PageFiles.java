package io.karyoflow.tuner.web;

import io.karyoflow.common.message.Sha256;
import io.quarkus.qute.TemplateGlobal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Where pages find their scripts and style. Browsers keep these for a day without asking: one that has changed has another
 * address, or it would be used, after an upgrade, with pages that it does not fit.
 */
@TemplateGlobal
final class PageFiles {
    private static final String RESOURCES = "/META-INF/resources";

    static String pagesStyle = address("/pages/karyoflow.css");
    static String chartsScript = address("/pages/charts.js");
    static String liveScript = address("/pages/live.js");

    private PageFiles() {}

    private static String address(String path) {
        try (InputStream in = PageFiles.class.getResourceAsStream(RESOURCES + path)) {
            return path + "?v=" + Sha256.of(in.readAllBytes()).substring(0, 8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
