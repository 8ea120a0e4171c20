package io.karyoflow.tuner.space;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import java.io.IOException;
import java.util.List;

/** A parameter is an object with a {@code type}, or a value by itself, which all trials then have. */
final class ReadParameter extends JsonDeserializer<Parameter> {
    @Override
    public Parameter deserializeWithType(JsonParser json, DeserializationContext context, TypeDeserializer types)
            throws IOException {
        if (json.isExpectedStartArrayToken()) {
            throw JsonMappingException.from(json, "is a list; write {\"type\": \"choice\", \"values\": [...]}");
        }
        return json.currentToken().isScalarValue()
                ? new Choice(List.of(context.readValue(json, Object.class)))
                : (Parameter) types.deserializeTypedFromObject(json, context);
    }

    @Override
    public Parameter deserialize(JsonParser json, DeserializationContext context) throws IOException {
        return context.reportInputMismatch(Parameter.class, "a parameter is read by its type");
    }

    @Override
    public Parameter getNullValue(DeserializationContext context) throws JsonMappingException {
        throw JsonMappingException.from(context, "is null; give a value, or leave it out for the default");
    }
}
