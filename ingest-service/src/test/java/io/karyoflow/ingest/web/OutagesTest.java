package io.karyoflow.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.database.StoreUnavailableException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.Test;

class OutagesTest {
    @Test
    void aDatabaseThatDoesNotAnswerIsNoFaultOfTheService() {
        Response response = new Outages().unavailable(new StoreUnavailableException("away", null));

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(((HttpProblem) response.getEntity()).getDetail()).contains("try again later");
    }
}
