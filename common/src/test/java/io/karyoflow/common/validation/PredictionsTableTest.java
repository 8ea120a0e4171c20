package io.karyoflow.common.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.junit.jupiter.api.Test;

class PredictionsTableTest {
    private final PredictionsTable table = new PredictionsTable(List.of("muscle", "immune, other"));

    @Test
    void aRowHasClassesByNameAndTheProbabilityOfEach() {
        ValidatedImage image = new ValidatedImage("a.png", "slide7", 0, 1, new double[] {0.125, 0.875});

        assertThat(table.header())
                .containsExactly(
                        "filename", "group", "label", "predicted", "probability", "p(muscle)", "p(immune, other)");
        assertThat(table.row(image))
                .containsExactly("a.png", "slide7", "muscle", "immune, other", "0.875", "0.125", "0.875");
    }

    @Test
    void whatIsImprobableIsNotImpossible() {
        ValidatedImage image = new ValidatedImage("a.png", "", 0, 1, new double[] {2e-6, 1 - 2e-6});

        String probability = table.row(image).get(table.header().indexOf("p(muscle)"));

        assertThat(Math.log(Double.parseDouble(probability))).isCloseTo(Math.log(2e-6), within(1e-6));
    }

    @Test
    void namesSurviveTheCsv() throws IOException {
        ValidatedImage image = new ValidatedImage("a \"b\",\nc.png", "", 1, 1, new double[] {0, 1});
        StringWriter csv = new StringWriter();
        try (CSVPrinter printer = new CSVPrinter(csv, PredictionsTable.FORMAT)) {
            printer.printRecord(table.header());
            printer.printRecord(table.row(image));
        }

        try (CSVParser parser = PredictionsTable.FORMAT.parse(new StringReader(csv.toString()))) {
            assertThat(parser.getRecords())
                    .extracting(record -> record.toList())
                    .containsExactly(table.header(), table.row(image));
        }
    }
}
