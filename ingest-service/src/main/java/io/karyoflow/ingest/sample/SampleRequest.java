package io.karyoflow.ingest.sample;

import java.util.regex.Pattern;

/**
 * Which sample to generate; the same request gives the same files.
 *
 * @param name of its folder below the import root: letters, digits, dot, dash, underscore
 * @param labelled images with a label, 40 to 100,000
 * @param unlabelled images to be labelled, 0 to 100,000; from tiles that no labelled image is from
 * @param seed of everything in them
 */
public record SampleRequest(String name, int labelled, int unlabelled, long seed) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final int MOST = 100_000;

    /** @throws IllegalArgumentException if a value is out of its range; the message names it and the range */
    public SampleRequest {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name is '" + name + "'; it must be 1 to 100 letters, digits, dots, dashes and underscores");
        }
        if (labelled < 40 || labelled > MOST) {
            throw new IllegalArgumentException("labelled is " + labelled + "; it must be from 40 to " + MOST);
        }
        if (unlabelled < 0 || unlabelled > MOST) {
            throw new IllegalArgumentException("unlabelled is " + unlabelled + "; it must be from 0 to " + MOST);
        }
    }
}
