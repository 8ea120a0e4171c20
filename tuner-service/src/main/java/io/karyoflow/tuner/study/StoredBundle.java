package io.karyoflow.tuner.study;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Supplier;

/**
 * A stored model's zip, which is read when it is wanted and never in memory as a whole: the heap has no room for some.
 *
 * @param sha256 of the zip, 64 hexadecimal digits
 * @param bytes that the zip has
 * @param zip opens it; reading throws {@link UnknownIdException} if the model was deleted by then
 */
public record StoredBundle(String sha256, int bytes, Supplier<InputStream> zip) {
    public void writeTo(OutputStream out) throws IOException {
        try (InputStream in = zip.get()) {
            in.transferTo(out);
        }
    }
}
