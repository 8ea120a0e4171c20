package io.karyoflow.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterNamesTest {
    @Test
    void areThoseThatTheMethodReads() throws Exception {
        assertThat(ParameterNames.ofQuery(PredictionResource.class.getMethod("deleteOfSlide", String.class))
                        .known())
                .containsExactly("slide");
        assertThat(ParameterNames.ofQuery(
                                PredictionResource.class.getMethod("select", LabelFilter.class, HttpHeaders.class))
                        .known())
                .containsExactlyInAnyOrder("slide", "from", "to", "model", "maxMargin", "size");
        assertThat(ParameterNames.ofQuery(PredictionResource.class.getMethod("find", String.class))
                        .known())
                .isEmpty();
    }

    @Test
    void ofAFormAreItsFields() {
        assertThat(ParameterNames.ofForm(DatasetUpload.class).known())
                .containsExactlyInAnyOrder(
                        "csv", "archive", "name", "classes", "onError", "folds", "validationShare", "seed");
    }

    @Test
    void othersAreRefusedByNameWithThoseThatAreKnown() {
        ParameterNames names = new ParameterNames("field", List.of("csv", "archive"));

        names.refuseOthers(List.of("csv"));
        assertThatThrownBy(() -> names.refuseOthers(List.of("csv", "archiv")))
                .isInstanceOf(HttpProblem.class)
                .satisfies(e -> assertThat(((HttpProblem) e).getDetail())
                        .isEqualTo("unknown field 'archiv'; known are csv, archive"));
    }
}
