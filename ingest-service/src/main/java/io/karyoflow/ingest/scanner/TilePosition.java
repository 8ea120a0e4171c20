package io.karyoflow.ingest.scanner;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where on its slide a patch was, as QuPath's tile exporter writes it into the file's name: {@code slide
 * [d=2,x=2048,y=512,w=200,h=200].png}. They are pixels of the slide at its full resolution, whatever the downsample
 * {@code d} is.
 *
 * @param x left edge, or null if the name does not say where the patch was
 * @param y upper edge, or null if the name does not say where the patch was
 */
record TilePosition(Long x, Long y) {
    private static final TilePosition UNKNOWN = new TilePosition(null, null);
    private static final Pattern BRACKET = Pattern.compile("\\[([^\\[\\]]*)]");

    /** @param name of the file, with slashes; only what is after the last one counts */
    static TilePosition of(String name) {
        TilePosition position = UNKNOWN;
        Matcher bracket = BRACKET.matcher(name.substring(name.lastIndexOf('/') + 1));
        while (bracket.find()) {
            Map<String, String> region = region(bracket.group(1));
            Long x = wholeNumber(region.get("x"));
            Long y = wholeNumber(region.get("y"));
            if (x != null && y != null) {
                position = new TilePosition(x, y); // the exporter's bracket is the last: slides may have brackets, too
            }
        }
        return position;
    }

    private static Map<String, String> region(String text) {
        Map<String, String> region = new HashMap<>();
        for (String part : text.split(",")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                region.put(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
            }
        }
        return region;
    }

    private static Long wholeNumber(String text) {
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
