package io.karyoflow.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.database.StoreUnavailableException;
import io.karyoflow.ingest.dataset.DatasetsUnavailableException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutagesTest {
    @Test
    void aDatabaseThatDoesNotAnswerIsNoFaultOfTheService() {
        Outages outages = new Outages();

        for (Response response : List.of(
                outages.unavailable(new DatasetsUnavailableException("away", null)),
                outages.labelsUnavailable(new StoreUnavailableException("away", null)))) {
            assertThat(response.getStatus()).isEqualTo(503);
            assertThat(((HttpProblem) response.getEntity()).getDetail()).contains("try again later");
        }
    }
}
