package io.karyoflow.explain.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.karyoflow.explain.attribution.MethodDescription;
import io.karyoflow.explain.explanation.ExplainedImage;
import io.karyoflow.explain.explanation.MethodOptions;
import io.karyoflow.explain.rendering.DrawPanel;
import io.karyoflow.explain.web.ExplainUpload.Explained;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.Variant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Answers in the form that the request accepts: JSON, the panel as PNG, or arrays for NumPy. */
@Singleton
class WriteExplanation {
    static final String PNG = "image/png";
    static final String NPY = "application/x-npy";
    static final String MODEL = "karyoflow-model";
    static final String TARGET = "karyoflow-target";
    static final String WARNING = "karyoflow-warning";
    private static final String NPZ = "application/x-npz";
    private static final MediaType PNG_TYPE = MediaType.valueOf(PNG);
    private static final List<Variant> VARIANTS = Variant.mediaTypes(
                    MediaType.APPLICATION_JSON_TYPE,
                    PNG_TYPE,
                    MediaType.valueOf(NPY),
                    MediaType.APPLICATION_OCTET_STREAM_TYPE)
            .build();

    private final MethodOptions methods;
    private final ObjectMapper json;
    private final AnswersBeingSent answersBeingSent;

    WriteExplanation(MethodOptions methods, ObjectMapper json, AnswersBeingSent answersBeingSent) {
        this.methods = methods;
        this.json = json;
        this.answersBeingSent = answersBeingSent;
    }

    /** Which form the request likes best; JSON if it does not mind. */
    MediaType chosen(Request request) {
        Variant variant = request.selectVariant(VARIANTS);
        if (variant == null) {
            throw new NotAcceptableException();
        }
        return variant.getMediaType();
    }

    /**
     * Headers say in every form by which model the maps are, of which class, and what makes them doubtful: images and arrays
     * have no other place for it.
     *
     * @throws ModelFailedException if the model could not classify the image
     * @throws UnusableRequestException if a method has no map and the form has no place to say so
     * @throws NotNowException if earlier answers, which nobody has read yet, leave no room for this one
     */
    Response as(MediaType type, Explained explained) {
        if (!explained.answer().isClassified()) {
            throw new ModelFailedException(failures(explained));
        }
        ExplainedImage answer = explained.answer();
        return in(type, explained)
                .header(MODEL, answer.modelId())
                .header(TARGET, TargetName.indices(answer.target()))
                .header(WARNING, answer.warning()) // none if it is null
                .build();
    }

    private ResponseBuilder in(MediaType type, Explained explained) {
        List<DrawnExplanation> drawn = DrawnExplanation.of(explained);
        if (type.equals(MediaType.APPLICATION_JSON_TYPE)) {
            byte[] panel = explained.parameters().panel() ? panel(explained, drawn) : null;
            return Response.ok(counted(ExplanationAnswer.of(explained, drawn, descriptions(), panel)), type);
        }
        if (!explained.answer().failures().isEmpty()) {
            throw new UnusableRequestException(failures(explained) + "; leave these methods out, or ask for JSON");
        }
        if (type.equals(PNG_TYPE)) {
            return Response.ok(panel(explained, drawn), type)
                    .header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"panel.png\"");
        }
        return arrays(drawn, explained.parameters().allChannels());
    }

    /** The only form whose pictures are as large as the image. Whatever becomes of the answer, it then counts no more. */
    private StreamingOutput counted(ExplanationAnswer answer) {
        answersBeingSent.add(answer.bytes());
        return out -> {
            try {
                json.writeValue(out, answer); // waits for the reader
            } finally {
                answersBeingSent.remove(answer.bytes());
            }
        };
    }

    private static String failures(Explained explained) {
        return explained.answer().failures().entrySet().stream()
                .map(failure -> failure.getKey() + ": " + failure.getValue())
                .collect(Collectors.joining("; "));
    }

    private List<MethodDescription> descriptions() {
        return methods.describe();
    }

    private byte[] panel(Explained explained, List<DrawnExplanation> drawn) {
        return DrawPanel.png(PanelOf.answer(explained, drawn, descriptions()));
    }

    /** One array as {@code .npy}, several as {@code .npz}. */
    private static ResponseBuilder arrays(List<DrawnExplanation> drawn, boolean allChannels) {
        if (drawn.size() == 1) {
            DrawnExplanation only = drawn.get(0);
            return download(
                    Npy.npy(only.array(allChannels)), NPY, only.explanation().method() + ".npy");
        }
        Map<String, Npy.Array> arrays = new LinkedHashMap<>();
        drawn.forEach(one -> arrays.put(one.explanation().method(), one.array(allChannels)));
        return download(Npy.npz(arrays), NPZ, "explanations.npz");
    }

    private static ResponseBuilder download(byte[] bytes, String type, String filename) {
        return Response.ok(bytes, type)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + filename + "\"");
    }
}
