package io.karyoflow.common.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelTableTest {
    @TempDir
    Path folder;

    @Test
    void headerCaseByteOrderMarkBlanksAndFurtherColumnsDoNotMatter() throws Exception {
        List<LabelRow> rows = read(
                "\uFEFFnote,FILENAME, label ,Group,fold\r\nx, 1.png , 3 , tile 1, 0 \r\n\r\n,\"a,b.png\",muscle,\n");

        assertThat(rows)
                .containsExactly(
                        new LabelRow(2, "1.png", "3", "tile 1", "0"), new LabelRow(4, "a,b.png", "muscle", "", ""));
    }

    @Test
    void shortRowsHaveNoLabel() throws Exception {
        assertThat(read("Filename,Label\n1.png\n")).containsExactly(new LabelRow(2, "1.png", "", "", ""));
    }

    @Test
    void missingColumnsNameWhatIsThere() {
        assertThatThrownBy(() -> read("name;class\n1.png;2\n"))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining("the column Filename is missing")
                .hasMessageContaining("name;class");
        assertThatThrownBy(() -> read("Filename,Class\n1.png,2\n")).hasMessageContaining("the column Label is missing");
    }

    @Test
    void anEmptyOrUnreadableCsvIsUnusableAsAWhole() throws IOException {
        assertThatThrownBy(() -> read("")).isInstanceOf(UnusableFileException.class);
        Files.write(
                folder.resolve("latin.csv"), "Filename,Label\n\u00fc.png,1\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> LabelTable.read(folder.resolve("latin.csv")))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void anUnbalancedQuoteIsNamedWithItsLineInHeaderAndRowsAlike() {
        for (String csv : List.of("Filename,\"Label\n1.png,2\n", "\"Filename\"x,Label\n1.png,2\n")) {
            assertThatThrownBy(() -> read(csv))
                    .isInstanceOf(UnusableFileException.class)
                    .hasMessageContaining("quote is missing");
        }
        assertThatThrownBy(() -> read("Filename,Label\n\"1.png,2\n"))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining("line")
                .hasMessageContaining("quote is missing");
    }

    @Test
    void aFolderInPlaceOfTheCsvIsNoFaultOfItsText() {
        assertThatThrownBy(() -> LabelTable.read(folder)).isInstanceOf(IOException.class);
    }

    private List<LabelRow> read(String csv) throws IOException, UnusableFileException {
        return LabelTable.read(Files.writeString(folder.resolve("train.csv"), csv));
    }
}
