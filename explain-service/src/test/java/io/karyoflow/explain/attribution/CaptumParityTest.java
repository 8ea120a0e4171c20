package io.karyoflow.explain.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.explain.attribution.ParityFixture.MapCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method and option that Captum has too gives the same map, for the same network, inputs and noise. */
class CaptumParityTest {
    private static final double ALLOWED = 1e-4;
    private static final ParityFixture CAPTUM = ParityFixture.read();
    private static final Map<String, List<Double>> DIFFERENCES = new TreeMap<>();

    private static final List<String> TABLE = new ArrayList<>();

    private final SmallConvNet model = new SmallConvNet();
    private final float[] inputs = ParityFixture.inputs();

    static List<MapCase> maps() {
        return CAPTUM.maps();
    }

    @Test
    void theNetworkIsTheSame() {
        float[][] logits = model.logits(inputs, 2);

        assertThat(logits[0]).usingComparatorWithPrecision(1e-6f).containsExactly(CAPTUM.logits()[0]);
        assertThat(logits[1]).usingComparatorWithPrecision(1e-6f).containsExactly(CAPTUM.logits()[1]);
    }

    /** Both inputs are explained in one call, each for a target of its own. */
    @ParameterizedTest
    @MethodSource("maps")
    void isTheSameMap(MapCase captum) {
        AttributionMethod method =
                withFedInNoise(new MethodCatalogue().create(captum.method(), captum.options(), SmallConvNet.SHAPE));
        List<Target> targets = new ArrayList<>(List.of(Target.ofClass(2), Target.difference(0, 1)));
        targets.set(captum.input(), ParityFixture.target(captum.target()));

        AttributionMap map = method.attribute(model, inputs, targets).get(captum.input());

        double difference = largestRelativeDifference(map.values(), captum.values());
        DIFFERENCES.computeIfAbsent(captum.method(), any -> new ArrayList<>()).add(difference);
        TABLE.add("| %s | %.1e |%n".formatted(captum, difference));
        assertThat(difference).isLessThan(ALLOWED);
        if (captum.convergenceDelta() == null) {
            assertThat(map.convergenceDelta()).isEmpty();
        } else {
            // relative to what the map adds up to: the delta itself is a small difference of large sums
            assertThat(map.convergenceDelta().orElseThrow())
                    .isCloseTo(captum.convergenceDelta(), within(ALLOWED * sum(captum.values())));
        }
    }

    private static AttributionMethod withFedInNoise(AttributionMethod method) {
        if (method instanceof NoiseTunnel tunnel) {
            return new NoiseTunnel(
                    tunnel.attributionMethod(),
                    tunnel.ntType(),
                    tunnel.ntSamples(),
                    tunnel.stdevs(),
                    ParityFixture::noise,
                    tunnel.ntSamplesBatchSize());
        }
        return method;
    }

    private static double largestRelativeDifference(float[] ours, float[] theirs) {
        assertThat(ours).hasSameSizeAs(theirs);
        double largest = 0;
        double scale = 0;
        for (int i = 0; i < ours.length; i++) {
            largest = Math.max(largest, Math.abs(ours[i] - theirs[i]));
            scale = Math.max(scale, Math.abs(theirs[i]));
        }
        return largest / scale;
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += Math.abs(value);
        }
        return sum;
    }

    /** A line for each method on the console, one for each case in {@code target/captum-parity.md}. */
    @AfterAll
    static void report() throws IOException {
        DIFFERENCES.forEach((method, all) -> System.out.printf(
                "parity with captum: %-20s %2d maps, largest relative difference %.1e%n",
                method, all.size(), Collections.max(all)));
        Path folder = Files.createDirectories(Path.of("target"));
        String heading = "| case | largest relative difference |%n|---|---|%n".formatted();
        Files.writeString(folder.resolve("captum-parity.md"), heading + String.join("", TABLE));
    }
}
