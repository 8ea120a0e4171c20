package io.karyoflow.ingest.persistence;

import io.karyoflow.common.message.MessageJson;
import java.util.regex.Pattern;

/**
 * PostgreSQL stores every character but NUL, which names in a broken CSV or archive may hold: each is replaced, so that
 * what is said of them can be written down.
 */
final class StorableText {
    /** Not one that is text itself, after a backslash that another one escapes. */
    private static final Pattern NUL_IN_JSON = Pattern.compile("(?<!\\\\)((?:\\\\{2})*)\\\\u0000");

    private StorableText() {}

    static String of(String text) {
        return text.replace('\0', '\uFFFD');
    }

    static String ofNullable(String text) {
        return text == null ? null : of(text);
    }

    static String json(Object value) {
        return NUL_IN_JSON.matcher(MessageJson.writeText(value)).replaceAll("$1\uFFFD");
    }
}
