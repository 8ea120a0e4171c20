package io.karyoflow.tuner.web;

import io.karyoflow.tuner.study.SaidOfPromotion;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** What a request says of why it puts a model into service; blank is as absent. */
public class PromotionParameters {
    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_NAME = 100;

    @RestQuery
    @Parameter(description = "Why, in at most 500 characters")
    String reason;

    @RestQuery
    @Parameter(
            description =
                    "Who says so, in at most 100 characters; GET /promotions has it as saidBy. It is kept as it is"
                            + " given and proves nothing, since no service asks for a login")
    String by;

    SaidOfPromotion said() {
        return new SaidOfPromotion(text("reason", reason, LONGEST_REASON), text("by", by, LONGEST_NAME));
    }

    private static String text(String name, String value, int longest) {
        if (value == null || value.isBlank()) {
            return null;
        }
        String text = value.strip();
        if (text.length() > longest) {
            throw BadRequest.because(name + " has " + text.length() + " characters; it must have at most " + longest);
        }
        return text;
    }
}
