package io.karyoflow.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.database.StoreUnavailableException;
import io.karyoflow.ingest.label.LabelQuery;
import io.karyoflow.ingest.label.Labels;
import io.karyoflow.ingest.label.StoredLabel;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PredictionResourceTest {
    private static final OutputStream GONE = new OutputStream() {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("the client is gone");
        }
    };

    private final NoLabels labels = new NoLabels();
    private final PredictionResource predictions = new PredictionResource(labels);

    @Test
    void thoseWhoDoNotReadLeaveConnectionsToOthers() throws Exception {
        List<Response> unread = new ArrayList<>();
        for (int i = 0; i < PredictionResource.MOST_AT_ONCE; i++) {
            unread.add(select());
        }
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(this::select)
                .satisfies(problem -> assertThat(problem.getStatusCode()).isEqualTo(503));
        assertThat(labels.open).isEqualTo(PredictionResource.MOST_AT_ONCE);

        body(unread.get(0)).write(new ByteArrayOutputStream());
        assertThatThrownBy(() -> body(unread.get(1)).write(GONE)).isInstanceOf(IOException.class);

        assertThat(labels.open).isEqualTo(PredictionResource.MOST_AT_ONCE - 2);
        select();
        select();
    }

    @Test
    void whatCouldNotBeSelectedTakesNoPlace() {
        labels.away = true;
        for (int i = 0; i <= PredictionResource.MOST_AT_ONCE; i++) {
            assertThatThrownBy(this::select).isInstanceOf(StoreUnavailableException.class);
        }
    }

    private Response select() {
        return predictions.select(new LabelFilter(), ACCEPTING_ALL);
    }

    private static StreamingOutput body(Response response) {
        return (StreamingOutput) response.getEntity();
    }

    private static final HttpHeaders ACCEPTING_ALL = (HttpHeaders) Proxy.newProxyInstance(
            PredictionResourceTest.class.getClassLoader(),
            new Class<?>[] {HttpHeaders.class},
            (proxy, method, arguments) -> List.of(MediaType.WILDCARD_TYPE));

    /** Counts the selections that are open. */
    private static final class NoLabels implements Labels {
        private boolean away;
        private int open;

        @Override
        public Selection select(LabelQuery query) {
            if (away) {
                throw new StoreUnavailableException("away", null);
            }
            open++;
            return new Selection() {
                @Override
                public List<String> classNames() {
                    return List.of();
                }

                @Override
                public long withoutPosition() {
                    return 0;
                }

                @Override
                public Iterator<StoredLabel> iterator() {
                    return List.<StoredLabel>of().iterator();
                }

                @Override
                public void close() {
                    open--;
                }
            };
        }

        @Override
        public Optional<StoredLabel> find(String requestId) {
            return Optional.empty();
        }

        @Override
        public boolean delete(String requestId) {
            return false;
        }

        @Override
        public int deleteOfSlide(String slide) {
            return 0;
        }
    }
}
