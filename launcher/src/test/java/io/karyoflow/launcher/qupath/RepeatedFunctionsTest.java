package io.karyoflow.launcher.qupath;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each script stands alone in QuPath's editor, so all have their own copy of what says whose a nucleus is. */
class RepeatedFunctionsTest {
    private static final List<String> SCRIPTS =
            List.of("classify-nuclei.groovy", "next-nuclei.groovy", "export-training-set.groovy", "send-truths.groovy");

    @ParameterizedTest
    @ValueSource(strings = {"middle", "probabilities", "isTheModels", "reviewedAreas", "isInReviewedArea"})
    void areTheSameInEachScript(String function) throws IOException {
        // in one line, or up to the brace at the beginning of a line
        Pattern definition =
                Pattern.compile("^def " + function + " = (?:.*\\}|.*\\R(?: .*\\R)+\\}.*)$", Pattern.MULTILINE);

        List<String> copies = new ArrayList<>();
        for (String script : SCRIPTS) {
            String text = Files.readString(Path.of("..", "docs", "qupath").resolve(script));
            definition.matcher(text).results().map(MatchResult::group).forEach(copies::add);
        }

        assertThat(copies).hasSameSizeAs(SCRIPTS).containsOnly(copies.get(0));
    }
}
