package io.karyoflow.ingest.scanner;

import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.Sha256;
import io.karyoflow.ingest.image.CheckedImage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * What is asked about files of the watched folder.
 *
 * @param explain the attribution methods that every image is explained by
 */
record FileRequests(List<String> explain) {

    /** @param name of the file relative to the watched folder, with slashes */
    PredictionRequest of(String name, CheckedImage image) {
        TilePosition position = TilePosition.of(name);
        return new PredictionRequest(
                id(name, image.bytes()),
                name,
                slide(name),
                position.x(),
                position.y(),
                null,
                explain,
                image.contentType(),
                image.bytes());
    }

    /** A scanner that makes folders makes one for each slide. @return null for a file that is in none */
    private static String slide(String name) {
        int folder = name.lastIndexOf('/');
        return folder < 0 ? null : name.substring(0, folder);
    }

    /** The same file has the same id after a restart; the same bytes under another name are another request. */
    static String id(String name, byte[] bytes) {
        MessageDigest digest = Sha256.digest();
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(bytes);
        return HexFormat.of().formatHex(digest.digest());
    }
}
