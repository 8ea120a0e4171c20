package io.karyoflow.ingest.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadLabelsTest {
    @TempDir
    Path folder;

    @Test
    void headerCaseByteOrderMarkBlanksAndFurtherColumnsDoNotMatter() throws Exception {
        List<LabelRow> rows =
                read("\uFEFFnote,FILENAME, label ,Group\r\nx, 1.png , 3 , tile 1\r\n\r\n,\"a,b.png\",muscle,\n");

        assertThat(rows)
                .containsExactly(new LabelRow(2, "1.png", "3", "tile 1"), new LabelRow(4, "a,b.png", "muscle", ""));
    }

    @Test
    void shortRowsHaveNoLabel() throws Exception {
        assertThat(read("Filename,Label\n1.png\n")).containsExactly(new LabelRow(2, "1.png", "", ""));
    }

    @Test
    void missingColumnsNameWhatIsThere() {
        assertThatThrownBy(() -> read("name;class\n1.png;2\n"))
                .isInstanceOf(UnusableSourceException.class)
                .hasMessageContaining("the column Filename is missing")
                .hasMessageContaining("name;class");
        assertThatThrownBy(() -> read("Filename,Class\n1.png,2\n")).hasMessageContaining("the column Label is missing");
    }

    @Test
    void anEmptyOrUnreadableCsvIsUnusableAsAWhole() throws IOException {
        assertThatThrownBy(() -> read("")).isInstanceOf(UnusableSourceException.class);
        assertThatThrownBy(() -> read("Filename,Label\n")).hasMessageContaining("no rows");
        Files.write(
                folder.resolve("latin.csv"), "Filename,Label\n\u00fc.png,1\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ReadLabels.from(folder.resolve("latin.csv")))
                .isInstanceOf(UnusableSourceException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void anUnbalancedQuoteIsNamedWithItsLineInHeaderAndRowsAlike() {
        for (String csv : List.of("Filename,\"Label\n1.png,2\n", "\"Filename\"x,Label\n1.png,2\n")) {
            assertThatThrownBy(() -> read(csv))
                    .isInstanceOf(UnusableSourceException.class)
                    .hasMessageContaining("quote is missing");
        }
        assertThatThrownBy(() -> read("Filename,Label\n\"1.png,2\n"))
                .isInstanceOf(UnusableSourceException.class)
                .hasMessageContaining("line")
                .hasMessageContaining("quote is missing");
    }

    @Test
    void aFolderInPlaceOfTheCsvIsNoFaultOfItsText() {
        assertThatThrownBy(() -> ReadLabels.from(folder)).isInstanceOf(IOException.class);
    }

    private List<LabelRow> read(String csv) throws IOException, UnusableSourceException {
        return ReadLabels.from(Files.writeString(folder.resolve("train.csv"), csv));
    }
}
