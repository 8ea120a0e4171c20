package io.karyoflow.trainer.pretrained;

import io.karyoflow.common.message.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.regex.Pattern;

/** Where this host keeps weights files: those that somebody put there, and those downloaded once for all its trials. */
public final class WeightsFolder {
    private static final Pattern URL = Pattern.compile("https?://.+", Pattern.CASE_INSENSITIVE);
    private static final int TIMEOUT_MILLISECONDS = 60_000;
    private static final long MAX_BYTES = 2L << 30;
    private static final int CHUNK = 1 << 20;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final String UNFINISHED = "download";
    private static final String UNFINISHED_END = ".part";

    /** A server that sends nothing for a minute is given up, so who loads writes more often than that. */
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    private final Path folder;

    public WeightsFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * @param source path of a file, absolute or below the folder, or an http(s) URL, which is loaded if it is not there yet
     * @param stillWanted asked now and then while loading; what it throws ends the loading
     * @throws UnreachableWeightsException if its server does not answer just now
     * @throws UnusableWeightsException if it cannot be had or is no safetensors file
     */
    public SafeTensors open(String source, Runnable stillWanted) {
        try {
            return URL.matcher(source).matches()
                    ? SafeTensors.open(downloaded(source, stillWanted), source)
                    : SafeTensors.open(folder.resolve(source));
        } catch (InvalidPathException e) {
            throw new UnusableWeightsException("the weights '" + source + "' are neither a path nor an http(s) URL", e);
        }
    }

    private Path downloaded(String url, Runnable stillWanted) {
        Path file = folder.resolve(Sha256.of(url.getBytes(StandardCharsets.UTF_8)) + ".safetensors");
        if (Files.exists(file)) {
            return file;
        }
        try {
            Files.createDirectories(folder);
            deleteAbandoned();
            Path unfinished = Files.createTempFile(folder, UNFINISHED, UNFINISHED_END);
            try {
                download(url, unfinished, stillWanted);
                SafeTensors.open(unfinished, url); // one that was cut short must not stay
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
            return file;
        } catch (IOException | IllegalArgumentException e) {
            throw new UnusableWeightsException("cannot load the weights " + url + ": " + e, e);
        }
    }

    /** What trainers of this host were loading when they were killed. */
    private void deleteAbandoned() throws IOException {
        long now = System.currentTimeMillis();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, UNFINISHED + "*" + UNFINISHED_END)) {
            for (Path unfinished : all) {
                if (unfinished.toFile().lastModified() < now - ABANDONED_AFTER.toMillis()) {
                    Files.deleteIfExists(unfinished);
                }
            }
        }
    }

    private static void download(String url, Path to, Runnable stillWanted) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLISECONDS);
        connection.setReadTimeout(TIMEOUT_MILLISECONDS);
        try {
            checkAnswer(url, connection.getResponseCode());
            try (InputStream from = connection.getInputStream();
                    OutputStream into = Files.newOutputStream(to)) {
                long announced = connection.getContentLengthLong();
                long bytes = copy(url, from, into, stillWanted);
                if (bytes < announced) { // which the stream does not mind
                    throw new EOFException("the connection ended after " + bytes + " of " + announced + " bytes");
                }
            }
        } catch (IOException e) {
            throw new UnreachableWeightsException("cannot load the weights " + url + ": " + e, e);
        }
    }

    private static void checkAnswer(String url, int status) {
        String reason = "cannot load the weights " + url + ": the server answers " + status;
        if (status >= HttpURLConnection.HTTP_INTERNAL_ERROR || status == TOO_MANY_REQUESTS) {
            throw new UnreachableWeightsException(reason);
        }
        if (status != HttpURLConnection.HTTP_OK) {
            throw new UnusableWeightsException(reason);
        }
    }

    private static long copy(String url, InputStream from, OutputStream into, Runnable stillWanted) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long bytes = 0;
        for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
            stillWanted.run();
            bytes += read;
            if (bytes > MAX_BYTES) {
                throw new UnusableWeightsException("the weights " + url + " are larger than " + MAX_BYTES + " bytes");
            }
            keep(url, chunk, read, into);
        }
        return bytes;
    }

    /** A disk that is full is no outage of the server's: trying again would not help. */
    private static void keep(String url, byte[] chunk, int length, OutputStream into) {
        try {
            into.write(chunk, 0, length);
        } catch (IOException e) {
            throw new UnusableWeightsException(
                    "cannot keep the weights " + url + ", make room on the disk or mend it: " + e, e);
        }
    }
}
