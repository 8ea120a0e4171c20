package io.karyoflow.launcher.qupath;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.launcher.qupath.Nucleus.Point;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfirmNucleiTest {
    @TempDir
    Path project;

    @Test
    void theListIsReviewedAsFarAsThePersonCame() throws IOException {
        Nucleus lookedAt = new Nucleus("muscle", new Point(100, 100)).measuring("next", 1);
        Nucleus notYet = new Nucleus("muscle", new Point(200, 100)).measuring("next", 2);
        Nucleus notListed = new Nucleus("muscle", new Point(300, 100));
        Nucleus withoutClass = new Nucleus(null, new Point(400, 100)).measuring("next", 1);

        String printed = QuPathScript.run(
                "confirm-nuclei.groovy",
                Map.of("def upTo = 100", "def upTo = 1"),
                new OpenImage(
                        project,
                        "7.svs",
                        new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB),
                        List.of(lookedAt, notYet, notListed, withoutClass),
                        List.of()));

        assertThat(lookedAt.measurements()).containsOnly(Map.entry("reviewed", 1.0));
        assertThat(notYet.measurements()).containsOnly(Map.entry("next", 2.0));
        assertThat(notListed.measurements()).isEmpty();
        assertThat(withoutClass.measurements()).containsOnly(Map.entry("next", 1.0));
        assertThat(printed).contains("1 nuclei of 7.svs");
    }
}
