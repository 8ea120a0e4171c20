package io.karyoflow.tuner.web;

import io.karyoflow.tuner.overview.ListPart;
import io.karyoflow.tuner.overview.Listed;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** Which part of a list that is newest first a request wants, as text; blank is as absent. */
public class ListParameters {
    private static final int USUAL_LIMIT = 100;
    private static final int LARGEST_LIMIT = 1000;

    @RestQuery
    @Parameter(description = "How many at most, from 1 to 1000; 100 if left out")
    String limit;

    @RestQuery
    @Parameter(description = "The id of the first, as the header Link has it; the newest if left out")
    String from;

    ListPart part() {
        return new ListPart(isNewest() ? null : from.strip(), limit());
    }

    boolean isNewest() {
        return isAbsent(from);
    }

    private int limit() {
        if (isAbsent(limit)) {
            return USUAL_LIMIT;
        }
        try {
            int number = Integer.parseInt(limit.strip());
            if (number >= 1 && number <= LARGEST_LIMIT) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw BadRequest.because("limit is '" + limit + "'; it must be a whole number from 1 to " + LARGEST_LIMIT);
    }

    /**
     * The part as a plain array, with the next one's address in the header {@code Link} (RFC 8288).
     *
     * @param path of the list
     */
    <T> Response answer(String path, Optional<Listed<T>> listed) {
        Listed<T> part = listed.orElseThrow(() -> BadRequest.because("from is '" + from
                + "'; it must be an id that GET " + path + " has listed, or be left out for the newest"));
        ResponseBuilder answer = Response.ok(part.items());
        older(part).ifPresent(query -> answer.header("Link", "<" + path + query + ">; rel=\"next\""));
        return answer.build();
    }

    /** The query for the next part, if there is one. */
    Optional<String> older(Listed<?> part) {
        return Optional.ofNullable(part.next()).map(next -> "?limit=" + limit() + "&from=" + next);
    }

    private static boolean isAbsent(String value) {
        return value == null || value.isBlank();
    }
}
