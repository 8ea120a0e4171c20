package io.karyoflow.common.model;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Sha256;
import io.karyoflow.common.message.UnreadableMessageException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A model as it is stored and sent: a zip of {@code model.json} and the folder {@code saved-model/}. Same files, same
 * bytes; the id is made of the content.
 *
 * @param id the first 16 hexadecimal digits of {@code sha256}
 * @param description what {@code model.json} says
 * @param sha256 of {@code bytes}, 64 hexadecimal digits
 * @param bytes the zip
 */
public record ModelBundle(String id, ModelDescription description, String sha256, byte[] bytes) {
    private static final String DESCRIPTION = "model.json";
    private static final String SAVED_MODEL = "saved-model/";

    /** Packs an exported SavedModel. The description's hash is computed here. */
    public static ModelBundle pack(Path savedModel, ModelDescription description) throws IOException {
        List<Path> files = files(savedModel);
        ModelDescription complete = description.withSavedModelSha256(sha256(savedModel, files));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            write(zip, DESCRIPTION, MessageJson.write(complete));
            for (Path file : files) {
                write(zip, SAVED_MODEL + name(savedModel, file), Files.readAllBytes(file));
            }
        }
        return of(complete, bytes.toByteArray());
    }

    /** @throws IllegalArgumentException if the bytes are no bundle */
    public static ModelBundle read(byte[] bytes) {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(DESCRIPTION)) {
                    return of(MessageJson.read(zip.readAllBytes(), ModelDescription.class), bytes);
                }
            }
            throw new IllegalArgumentException("not a model bundle: it has no " + DESCRIPTION);
        } catch (IOException | UnreadableMessageException e) {
            throw new IllegalArgumentException("not a model bundle: " + e.getMessage(), e);
        }
    }

    /**
     * Writes the SavedModel's files below {@code folder}, which must exist.
     *
     * @throws IllegalArgumentException if the files are not those that were packed, or an entry leaves the folder
     */
    public void unpack(Path folder) throws IOException {
        Path root = folder.toRealPath();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.isDirectory() || !entry.getName().startsWith(SAVED_MODEL)) {
                    continue;
                }
                Path file = root.resolve(entry.getName().substring(SAVED_MODEL.length()))
                        .normalize();
                if (!file.startsWith(root)) {
                    throw new IllegalArgumentException(
                            "entry " + entry.getName() + " of model " + id + " leaves its folder");
                }
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
        if (!sha256(root, files(root)).equals(description.savedModelSha256())) {
            throw new IllegalArgumentException("the files of model " + id + " are not those its description names");
        }
    }

    private static ModelBundle of(ModelDescription description, byte[] bytes) {
        String sha256 = Sha256.of(bytes);
        return new ModelBundle(sha256.substring(0, 16), description, sha256, bytes);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private static String sha256(Path folder, List<Path> files) throws IOException {
        MessageDigest digest = Sha256.digest();
        for (Path file : files) {
            digest.update(name(folder, file).getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(file));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void write(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(315_619_200_000L); // a fixed day in 1980: the bundle's hash must not depend on the clock
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
