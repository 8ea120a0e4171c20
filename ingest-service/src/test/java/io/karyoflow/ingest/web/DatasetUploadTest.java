package io.karyoflow.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import org.junit.jupiter.api.Test;

class DatasetUploadTest {
    private final DatasetUpload upload = new DatasetUpload();

    @Test
    void numbersAreReadAsTheyAre() {
        upload.folds = " 4 ";
        upload.seed = "-12345678901";
        upload.validationShare = "0.25";

        assertThat(upload.options()).isEqualTo(new ImportOptions(null, null, null, 4, 0.25, -12345678901L));
    }

    @Test
    void whatIsNoWholeNumberIsRefusedNotRounded() {
        for (String folds : new String[] {"2.9", "5000000000", "1e999999999"}) {
            upload.folds = folds;
            assertThatThrownBy(upload::options)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("folds is '" + folds + "'; it must be a whole number");
        }
        upload.folds = "five";
        assertThatThrownBy(upload::options).hasMessageContaining("folds is 'five', not a number");
        upload.folds = null;
        upload.seed = "1.5";
        assertThatThrownBy(upload::options).hasMessageContaining("seed is '1.5'; it must be a whole number");
    }

    @Test
    void jsonIsAsStrict() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        new RefuseFractions().customize(mapper);

        assertThat(mapper.readValue("{\"folds\": 4, \"validationShare\": 1}", DatasetResource.Body.class)
                        .folds())
                .isEqualTo(4);
        for (String body : new String[] {"{\"folds\": 2.9}", "{\"seed\": 1.5}"}) {
            assertThatThrownBy(() -> mapper.readValue(body, DatasetResource.Body.class))
                    .isInstanceOf(MismatchedInputException.class);
        }
    }
}
