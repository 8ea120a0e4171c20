package io.karyoflow.tuner.web;

import io.quarkus.qute.TemplateGlobal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Where this service serves the charts' script: its jar's path holds its version. */
@TemplateGlobal
final class Echarts {
    private static final String ABOUT = "/META-INF/maven/org.mvnpm/echarts/pom.properties";

    static String echartsScript = "/_static/echarts/" + version() + "/dist/echarts.common.min.js";

    private Echarts() {}

    private static String version() {
        try (InputStream in = Echarts.class.getResourceAsStream(ABOUT)) {
            Properties about = new Properties();
            about.load(in);
            return about.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + ABOUT, e);
        }
    }
}
