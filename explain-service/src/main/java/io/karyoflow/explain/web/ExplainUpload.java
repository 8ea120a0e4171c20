package io.karyoflow.explain.web;

import io.karyoflow.common.database.DatabaseOutage;
import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.RgbImage;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.explain.attribution.InputShape;
import io.karyoflow.explain.explanation.ExplainImages;
import io.karyoflow.explain.explanation.ExplainedImage;
import io.karyoflow.explain.explanation.Lane;
import io.karyoflow.explain.explanation.MethodOptions;
import io.karyoflow.explain.explanation.MethodRequest;
import io.karyoflow.explain.explanation.Question;
import io.karyoflow.explain.runtime.ServedExplainableModel;
import io.karyoflow.explain.web.ReadUpload.Upload;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Explains one image with the model that serves now, or with another that the request names, when it is its turn. */
@Singleton
class ExplainUpload {
    private final ImageDecoder decoder;
    private final ServedModels<ServedModel> models;
    private final MethodOptions methods;
    private final ExplainImages explainImages;
    private final Turns turns;

    ExplainUpload(
            ImageDecoder decoder,
            ServedModels<ServedModel> models,
            MethodOptions methods,
            ExplainImages explainImages,
            Turns turns) {
        this.decoder = decoder;
        this.models = models;
        this.methods = methods;
        this.explainImages = explainImages;
        this.turns = turns;
    }

    /** @param encoded the image as it came */
    record Explained(RgbImage image, byte[] encoded, Parameters parameters, ExplainedImage answer) {}

    /**
     * Explains the image and gives it to {@code write} while it still has its turn: pictures take memory too.
     *
     * @throws UndecodableImageException if the bytes are no image
     * @throws UnusableRequestException if a method, an option, the target or the model is not known or not allowed
     * @throws NotNowException if no model serves yet, the one that is named cannot be fetched now, or too many others are
     *     being answered
     */
    <T> T explain(Upload upload, Function<Explained, T> write) throws IOException, UndecodableImageException {
        Parameters parameters = upload.parameters();
        Lane lane = lane(parameters);
        if (parameters.model().isEmpty() && models.currentId().isEmpty()) {
            throw NotNowException.noModel();
        }
        try (Turns.Place place = turns.enter(lane)) {
            byte[] encoded = upload.image().read();
            return place.await(() -> write.apply(explained(encoded, parameters)));
        }
    }

    private Explained explained(byte[] encoded, Parameters parameters) throws UndecodableImageException {
        RgbImage image = decoder.decode(encoded).image();
        Function<ServedModel, ExplainedImage> explain = model -> explain(model, image, parameters);
        ExplainedImage answer =
                parameters.model().map(id -> withStoredModel(id, explain)).orElseGet(() -> models.withModel(explain));
        return new Explained(image, encoded, parameters, answer);
    }

    private <T> T withStoredModel(String id, Function<ServedModel, T> use) {
        try {
            return models.withModelApart(id, use);
        } catch (IllegalArgumentException e) {
            throw new UnusableRequestException("model '" + id + "' cannot be used: " + e.getMessage()
                    + "; name one that a prediction carries as modelId, or leave model out for the one that serves");
        } catch (RuntimeException e) {
            throw DatabaseOutage.isCauseOf(e) ? NotNowException.noStore() : e;
        }
    }

    /**
     * Slow if one of the methods is, or if the model may have to be loaded: the quick need not wait for that, and there are
     * never more models open for this than have a turn among the slow, beside those that {@link ServedModels} keeps.
     */
    private Lane lane(Parameters parameters) {
        List<Lane> lanes = parameters.methods().stream()
                .map(request -> methods.lane(request)
                        .orElseThrow(() -> new UnusableRequestException("unknown method '" + request.method()
                                + "'; known are " + String.join(", ", methods.names()))))
                .toList();
        return lanes.contains(Lane.SLOW) || namesAnother(parameters.model()) ? Lane.SLOW : Lane.QUICK;
    }

    private boolean namesAnother(Optional<String> model) {
        return model.isPresent() && !model.equals(models.currentId());
    }

    private ExplainedImage explain(ServedModel model, RgbImage image, Parameters parameters) {
        checkOptions(ServedExplainableModel.inputShape(model), parameters.methods());
        Question question = new Question(
                image,
                parameters.colours(),
                parameters.methods(),
                TargetName.read(parameters.target(), model.description().classes()),
                parameters.measures());
        return explainImages.explain(model, List.of(question)).get(0);
    }

    /** A mistake in the options is the sender's, not a method's that failed. */
    private void checkOptions(InputShape shape, List<MethodRequest> requested) {
        for (MethodRequest request : requested) {
            try {
                methods.over(request, shape);
            } catch (IllegalArgumentException e) {
                throw new UnusableRequestException(request.method() + ": " + e.getMessage());
            }
        }
    }
}
