package io.karyoflow.ingest.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.ingest.label.StoredLabel;
import java.io.IOException;
import java.io.OutputStream;

/** An array of labels, with the names that they have as messages. */
record LabelsAsJson() implements LabelFormat {
    private static final ObjectWriter WRITER = MessageJson.mapper()
            .writer()
            .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
            .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    @Override
    public void write(Iterable<StoredLabel> labels, OutputStream out) throws IOException {
        SequenceWriter array = WRITER.writeValuesAsArray(out);
        for (StoredLabel label : labels) {
            array.write(label);
        }
        array.close(); // not if something was thrown: it would end the array
    }
}
