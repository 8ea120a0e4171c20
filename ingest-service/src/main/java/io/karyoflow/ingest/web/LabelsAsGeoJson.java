package io.karyoflow.ingest.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.karyoflow.common.message.Prediction.ClassProbability;
import io.karyoflow.ingest.label.StoredLabel;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * A detection in the middle of each patch, as QuPath reads it when the file is dropped onto the slide. Labels without a
 * position are left out.
 *
 * @param classNames have a colour each
 * @param size side of a patch in pixels of the slide
 * @see <a href="https://qupath.readthedocs.io/en/stable/docs/advanced/exporting_annotations.html">QuPath's GeoJSON</a>
 */
record LabelsAsGeoJson(List<String> classNames, double size) implements LabelFormat {
    private static final JsonFactory JSON_FACTORY = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    /** Can be told apart by the colour-blind, too: Okabe and Ito, Color Universal Design, 2008. */
    private static final int[][] COLOURS = {
        {0, 158, 115}, {213, 94, 0}, {86, 180, 233}, {240, 228, 66}, {0, 114, 178}, {204, 121, 167}, {230, 159, 0}
    };

    @Override
    public void write(Iterable<StoredLabel> labels, OutputStream out) throws IOException {
        JsonGenerator json = JSON_FACTORY.createGenerator(out);
        json.writeStartObject();
        json.writeStringField("type", "FeatureCollection");
        json.writeArrayFieldStart("features");
        for (StoredLabel label : labels) {
            if (label.hasPosition()) {
                writeFeature(label, json);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
        json.close(); // not if something was thrown: it would end the document
    }

    private void writeFeature(StoredLabel label, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "Feature");
        json.writeObjectFieldStart("geometry");
        json.writeStringField("type", "Point");
        json.writeFieldName("coordinates");
        json.writeArray(new double[] {label.x() + size / 2, label.y() + size / 2}, 0, 2);
        json.writeEndObject();
        json.writeObjectFieldStart("properties");
        json.writeStringField("objectType", "detection");
        json.writeObjectFieldStart("classification");
        json.writeStringField("name", label.className());
        json.writeFieldName("color");
        json.writeArray(colour(label.className()), 0, 3);
        json.writeEndObject();
        json.writeObjectFieldStart("measurements");
        for (ClassProbability each : label.probabilities()) {
            json.writeNumberField("p(" + each.className() + ")", (float) each.probability());
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    private int[] colour(String className) {
        return COLOURS[Math.max(0, classNames.indexOf(className)) % COLOURS.length];
    }
}
