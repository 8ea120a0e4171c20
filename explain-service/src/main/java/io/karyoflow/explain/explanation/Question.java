package io.karyoflow.explain.explanation;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.RgbImage;
import io.karyoflow.explain.attribution.Target;
import io.karyoflow.explain.faithfulness.Measure;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why does the model see what it sees in this image?
 *
 * @param colours of the image's slide; empty for the image's own
 * @param methods at least one
 * @param target the score to explain; empty for that of the class predicted
 * @param measures of faithfulness that are wanted
 */
public record Question(
        RgbImage image,
        Optional<ColourStatistics> colours,
        List<MethodRequest> methods,
        Optional<Target> target,
        Set<Measure> measures) {}
