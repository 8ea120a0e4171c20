package io.karyoflow.explain.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.Png;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.explain.attribution.MethodCatalogue;
import io.karyoflow.explain.explanation.ExplainImages;
import io.karyoflow.explain.explanation.Lane;
import io.karyoflow.explain.explanation.LinearServedModel;
import io.karyoflow.explain.explanation.MethodOptions;
import io.karyoflow.explain.runtime.SideBySide;
import io.karyoflow.explain.web.ReadUpload.EncodedImage;
import io.karyoflow.explain.web.ReadUpload.Upload;
import java.awt.image.BufferedImage;
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExplainUploadTest {
    private static final byte[] NO_IMAGE = {1, 2, 3};
    private static final byte[] IMAGE = Png.encode(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB));

    private final LinearServedModel model = new LinearServedModel();
    private boolean storeAnswers = true;
    private final ServedModels<ServedModel> models =
            new ServedModels<>(this::bundle, bundle -> bundle.id().equals(model.id()) ? model : named(bundle.id()), 1);
    private final SideBySide sideBySide = new SideBySide(1);
    private final MethodOptions methods = new MethodOptions(new MethodCatalogue(), Map.of());
    private final Turns turns = new Turns(new FewTurns(1, 1));
    private final ExplainUpload explainUpload =
            new ExplainUpload(new ImageDecoder(1000), models, methods, new ExplainImages(methods, sideBySide), turns);

    @BeforeEach
    void promote() {
        models.promote(new ModelPromoted("default", model.id(), "00", "study", "trial", Instant.now()));
    }

    @AfterEach
    void close() {
        models.close();
    }

    @Test
    void anImageIsNotReadBeforeThereIsAPlaceForIt() {
        turns.enter(Lane.QUICK);
        turns.enter(Lane.QUICK);

        assertThatThrownBy(() -> explain(() -> {
                    throw new AssertionError("it is read");
                }))
                .isInstanceOf(NotNowException.class);
    }

    @Test
    void anImageIsNotDecodedBeforeItsTurn() {
        assertThatThrownBy(() -> explain(() -> NO_IMAGE)).isInstanceOf(UndecodableImageException.class);
        turns.enter(Lane.QUICK).await(() -> {
            assertThatThrownBy(() -> explain(() -> NO_IMAGE)).isInstanceOf(NotNowException.class);
            return null;
        });
    }

    @Test
    void theAnswerIsWrittenBeforeTheNextOnesTurn() throws Exception {
        String next = explainUpload.explain(upload(() -> IMAGE), explained -> {
            assertThat(explained.answer().isClassified()).isTrue();
            try (Turns.Place place = turns.enter(Lane.QUICK)) {
                return place.await(() -> "has its turn");
            } catch (NotNowException e) {
                return "waits";
            }
        });

        assertThat(next).isEqualTo("waits");
    }

    @Test
    void explainsByTheModelThatServesUnlessAnotherIsNamed() throws Exception {
        assertThat(modelThatExplains(Map.of())).isEqualTo("linear");
        assertThat(modelThatExplains(Map.of("model", "earlier"))).isEqualTo("earlier");
        assertThat(modelThatExplains(Map.of())).isEqualTo("linear");
    }

    @Test
    void aModelThatIsNamedTakesNoPlaceOfOneThatRequestsInKafkaNeed() throws Exception {
        assertThat(models.<String>withModel("of a label", ServedModel::id)).isEqualTo("of a label");

        assertThat(modelThatExplains(Map.of("model", "earlier"))).isEqualTo("earlier");

        storeAnswers = false;
        assertThat(models.<String>withModel("of a label", ServedModel::id)).isEqualTo("of a label");
    }

    @Test
    void aStoredModelExplainsThoughNoneServes() throws Exception {
        models.close();

        assertThat(modelThatExplains(Map.of("model", "earlier"))).isEqualTo("earlier");
        assertThatThrownBy(() -> modelThatExplains(Map.of()))
                .isInstanceOf(NotNowException.class)
                .hasMessageContaining("no model serves yet");
    }

    @Test
    void anotherModelHasItsTurnAmongTheSlowAsItMustBeLoaded() throws Exception {
        turns.enter(Lane.SLOW).await(() -> {
            assertThat(modelThatExplains(Map.of("model", model.id()))).isEqualTo("linear");
            assertThatThrownBy(() -> modelThatExplains(Map.of("model", "earlier")))
                    .isInstanceOf(NotNowException.class);
            return null;
        });
    }

    @Test
    void aModelThatIsNotStoredIsTheSendersMistake() {
        assertThatThrownBy(() -> modelThatExplains(Map.of("model", "lost")))
                .isInstanceOf(UnusableRequestException.class)
                .hasMessageContaining("model 'lost' cannot be used: the model store does not have it")
                .hasMessageContaining("leave model out");
    }

    @Test
    void aStoreThatDoesNotAnswerIsNot() {
        storeAnswers = false;

        assertThatThrownBy(() -> modelThatExplains(Map.of("model", "earlier")))
                .isInstanceOf(NotNowException.class)
                .hasMessageContaining("the database");
    }

    private static LinearServedModel named(String id) {
        return new LinearServedModel() {
            @Override
            public String id() {
                return id;
            }
        };
    }

    private Optional<ModelBundle> bundle(String id) {
        if (!storeAnswers) {
            throw new IllegalStateException(new SQLTransientConnectionException("no connection in time"));
        }
        return id.equals("lost")
                ? Optional.empty()
                : Optional.of(new ModelBundle(id, model.description(), "00", new byte[0]));
    }

    private String modelThatExplains(Map<String, String> given) throws Exception {
        Map<String, String> parameters = new HashMap<>(given);
        parameters.put("methods", "saliency");
        parameters.put("faithfulness", "none");
        return explainUpload.explain(
                new Upload(() -> IMAGE, Parameters.read(parameters)),
                explained -> explained.answer().modelId());
    }

    private void explain(EncodedImage image) throws Exception {
        explainUpload.explain(upload(image), explained -> explained);
    }

    private static Upload upload(EncodedImage image) {
        return new Upload(image, Parameters.read(Map.of("methods", "saliency", "faithfulness", "none")));
    }
}
