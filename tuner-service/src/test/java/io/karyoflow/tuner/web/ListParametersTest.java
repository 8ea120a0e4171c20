package io.karyoflow.tuner.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.tuner.overview.ListPart;
import io.karyoflow.tuner.overview.Listed;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ListParametersTest {
    private final ListParameters parameters = new ListParameters();

    @Test
    void whatIsAbsentOrBlankIsTheNewestHundred() {
        parameters.from = " ";

        assertThat(parameters.part()).isEqualTo(new ListPart(null, 100));
        assertThat(parameters.isNewest()).isTrue();
    }

    @Test
    void aPartHasOneToAThousand() {
        for (String text : List.of("1", " 1000 ")) {
            parameters.limit = text;
            assertThat(parameters.part().limit()).isEqualTo(Integer.parseInt(text.strip()));
        }
        for (String text : List.of("0", "1001")) {
            parameters.limit = text;
            assertThatThrownBy(parameters::part).isInstanceOf(HttpProblem.class);
        }
    }

    @Test
    void aPartIsAPlainArrayThatSaysWhereTheNextIs() {
        parameters.limit = "2";
        Response answer = parameters.answer("/letters", Optional.of(found("c", "b", "a")));

        assertThat(answer.getEntity()).isEqualTo(List.of("c", "b"));
        assertThat(answer.getHeaderString("Link")).isEqualTo("</letters?limit=2&from=a>; rel=\"next\"");
    }

    @Test
    void theLastPartHasNoNext() {
        parameters.limit = "2";
        parameters.from = "b";
        Response answer = parameters.answer("/letters", Optional.of(found("b", "a")));

        assertThat(answer.getEntity()).isEqualTo(List.of("b", "a"));
        assertThat(answer.getHeaderString("Link")).isNull();
    }

    @Test
    void whatIsNotInTheListIsRefused() {
        parameters.from = "x";

        assertThatThrownBy(() -> parameters.answer("/letters", Optional.<Listed<String>>empty()))
                .isInstanceOf(HttpProblem.class)
                .satisfies(e -> assertThat(((HttpProblem) e).getDetail()).contains("from is 'x'", "GET /letters"));
    }

    private Listed<String> found(String... letters) {
        return Listed.of(List.of(letters), parameters.part().limit(), Function.identity());
    }
}
