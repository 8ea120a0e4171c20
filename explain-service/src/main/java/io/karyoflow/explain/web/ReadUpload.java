package io.karyoflow.explain.web;

import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.image.UndecodableImageException.Kind;
import io.karyoflow.explain.recent.RecentRequest;
import io.karyoflow.explain.recent.RecentRequests;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jboss.resteasy.reactive.server.multipart.FormValue;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/** Takes an image and parameters from the ways in which they may come: a body or a form, each with a query. */
@Singleton
class ReadUpload {
    private static final String IMAGE = "image";
    private static final String RECENT = "recent";

    private final RecentRequests recent;
    private final int maxImageBytes;

    ReadUpload(RecentRequests recent, WebConfiguration configuration) {
        this.recent = recent;
        this.maxImageBytes = configuration.maxImageBytes();
    }

    /** The image as it came, which is not read before there is a place for it. */
    @FunctionalInterface
    interface EncodedImage {
        /** @throws UndecodableImageException if it has more bytes than the limit */
        byte[] read() throws IOException, UndecodableImageException;
    }

    record Upload(EncodedImage image, Parameters parameters) {}

    Upload body(MultivaluedMap<String, String> query, InputStream image) {
        return new Upload(() -> read(image), Parameters.read(given(query)));
    }

    private static Map<String, String> given(MultivaluedMap<String, String> query) {
        Map<String, String> given = new HashMap<>();
        query.forEach((name, values) -> given.put(name, only(name, values)));
        return given;
    }

    /**
     * The image is the field {@code image}, or that of the request whose id is the field {@code recent}; the other fields are
     * parameters, as those of the query are.
     */
    Upload form(MultivaluedMap<String, String> query, MultipartFormDataInput form) {
        Map<String, String> given = given(query);
        FormValue image = null;
        for (Map.Entry<String, Collection<FormValue>> field : form.getValues().entrySet()) {
            FormValue value = only(field.getKey(), field.getValue());
            if (!value.isFileItem()) {
                if (given.putIfAbsent(field.getKey(), value.getValue()) != null) {
                    throw new UnusableRequestException(
                            field.getKey() + " is given in the query and as a field; give it once");
                }
            } else if (field.getKey().equals(IMAGE)) {
                image = value;
            } else {
                throw new UnusableRequestException(
                        "field '" + field.getKey() + "' has a file; the image's field is '" + IMAGE + "'");
            }
        }
        String id = given.remove(RECENT);
        if ((image == null) == (id == null)) {
            throw new UnusableRequestException("the form must have either the field " + IMAGE
                    + " with a file (curl -F image=@nucleus.png) or the field " + RECENT
                    + " with the id of a request that GET /recent lists");
        }
        if (image == null) {
            RecentRequest request = RecentResource.find(recent, id);
            if (request.filename() != null) {
                given.putIfAbsent("filename", request.filename());
            }
            if (request.colours() != null) {
                given.putIfAbsent("colours", request.colours().format());
            }
            return new Upload(request::image, Parameters.read(given));
        }
        if (image.getFileName() != null && !image.getFileName().isBlank()) {
            given.putIfAbsent("filename", image.getFileName());
        }
        FormValue file = image;
        return new Upload(() -> read(file), Parameters.read(given));
    }

    private byte[] read(FormValue file) throws IOException, UndecodableImageException {
        try (InputStream bytes = file.getFileItem().getInputStream()) {
            return read(bytes);
        }
    }

    private static <T> T only(String name, Collection<T> values) {
        if (values.size() != 1) {
            throw new UnusableRequestException(name + " is given " + values.size() + " times; give it once"
                    + " (several methods are separated by commas)");
        }
        return values.iterator().next();
    }

    private byte[] read(InputStream image) throws IOException, UndecodableImageException {
        byte[] bytes = image.readNBytes(maxImageBytes + 1);
        if (bytes.length > maxImageBytes) {
            throw new UndecodableImageException(
                    Kind.TOO_LARGE,
                    "the image has more than " + maxImageBytes
                            + " bytes; cut it into patches, or raise the limit karyoflow.web.max-image-bytes");
        }
        return bytes;
    }
}
