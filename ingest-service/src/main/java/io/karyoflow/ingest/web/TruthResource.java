package io.karyoflow.ingest.web;

import io.karyoflow.ingest.truth.KeepTruths;
import io.karyoflow.ingest.truth.RowProblem;
import io.karyoflow.ingest.truth.TruthTable;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestQuery;

/** What nuclei are that were labelled, as people say. */
@Path("/truths")
class TruthResource {
    private static final int MOST_BYTES = 16 * 1024 * 1024;
    private static final int FARTHEST = 1000;
    private static final int LISTED = 1000;
    private static final int LONGEST_NAME = 100;

    /** Each has its rows in memory, and a connection to the database while its labels are looked for. */
    static final int MOST_AT_ONCE = 2;

    private final KeepTruths truths;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    TruthResource(KeepTruths truths) {
        this.truths = truths;
    }

    /**
     * @param rows of the table: those that are stored, and those with a problem
     * @param problems the first ones, by line
     */
    record Stored(int rows, int stored, int problemCount, List<RowProblem> problems) {}

    @POST
    @Consumes(LabelFormat.CSV)
    @Operation(
            summary = "Say what labelled nuclei are: requestId,label[,sampled] or slide,x,y,label[,sampled] as CSV",
            description =
                    "label is the name of a class. x and y are those of labels, the upper left corner of the patch;"
                            + " the nearest label of the slide that is at most within pixels away is meant, of several as near the"
                            + " latest. sampled is true if a nucleus was chosen without looking at its label, for example as one"
                            + " of all in a region: accuracy is measured on these alone. by says who gives the truths, in at"
                            + " most 100 characters. A truth takes the place of that which the request had. Rows without a"
                            + " stored label are reported by line; the others are stored.")
    @APIResponse(responseCode = "200", description = "What has no problem is stored")
    @APIResponse(
            responseCode = "400",
            description = "within is missing or wrong, by is too long, or a parameter is not known")
    @APIResponse(responseCode = "413", description = "More than 16 MiB; give the rows in several parts")
    @APIResponse(responseCode = "415", description = "Its content type is not text/csv")
    @APIResponse(responseCode = "422", description = "Not such a table, or one of more than 100,000 rows")
    @APIResponse(
            responseCode = "503",
            description = "The database does not answer, or as many tables as may are being stored; nothing was stored")
    public Stored store(@RestQuery String within, @RestQuery String by, InputStream body) throws IOException {
        String givenBy = name(by);
        byte[] csv = body.readNBytes(MOST_BYTES + 1);
        if (csv.length > MOST_BYTES) {
            throw HttpErrors.tooLarge("the table has more than 16 MiB; give its rows in several parts");
        }
        if (!places.tryAcquire()) {
            throw HttpErrors.unavailable(MOST_AT_ONCE + " other tables are being stored; try again later");
        }
        try {
            return store(table(csv), within, givenBy);
        } finally {
            places.release();
        }
    }

    private Stored store(TruthTable table, String within, String givenBy) {
        int pixels = table.namesPlaces() ? pixels(within) : 0;
        List<RowProblem> problems = Stream.concat(
                        table.problems().stream(), truths.store(table.truths(), pixels, givenBy).stream())
                .sorted(Comparator.comparingLong(RowProblem::line))
                .toList();
        return new Stored(
                table.rows(),
                table.rows() - problems.size(),
                problems.size(),
                problems.stream().limit(LISTED).toList());
    }

    private static TruthTable table(byte[] csv) {
        try {
            return TruthTable.read(csv);
        } catch (IllegalArgumentException e) {
            throw HttpErrors.unprocessable(e.getMessage());
        }
    }

    private static String name(String by) {
        if (by == null || by.isBlank()) {
            return null;
        }
        String name = by.strip();
        if (name.length() > LONGEST_NAME) {
            throw HttpErrors.badRequest(
                    "by has " + name.length() + " characters; it must have at most " + LONGEST_NAME);
        }
        return name;
    }

    private static int pixels(String within) {
        try {
            int pixels = within == null ? -1 : Integer.parseInt(within.strip());
            if (pixels >= 0 && pixels <= FARTHEST) {
                return pixels;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw HttpErrors.badRequest("within is " + (within == null ? "missing" : "'" + within + "'")
                + "; it says how far the corner of a label's patch may be from x and y, in whole pixels of the slide up to "
                + FARTHEST + ", for example within=20");
    }
}
