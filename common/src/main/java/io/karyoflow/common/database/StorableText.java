package io.karyoflow.common.database;

import io.karyoflow.common.message.MessageJson;
import java.util.regex.Pattern;

/**
 * PostgreSQL stores every character but NUL, which names in a broken CSV, archive or weights file may hold: each is
 * replaced, so that what is said of them can be written down.
 */
public final class StorableText {
    /** Not one that is text itself, after a backslash that another one escapes. */
    private static final Pattern NUL_IN_JSON = Pattern.compile("(?<!\\\\)((?:\\\\{2})*)\\\\u0000");

    private StorableText() {}

    public static String of(String text) {
        return text.replace('\0', '\uFFFD');
    }

    public static String ofNullable(String text) {
        return text == null ? null : of(text);
    }

    /** Whether a JSON text can be stored without replacing a character. */
    public static boolean isStorableJson(String json) {
        return !NUL_IN_JSON.matcher(json).find();
    }

    public static String json(Object value) {
        return NUL_IN_JSON.matcher(MessageJson.writeText(value)).replaceAll("$1\uFFFD");
    }
}
