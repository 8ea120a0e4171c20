package io.karyoflow.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** {@code docs/asyncapi.yaml} as something that records can be held against. */
final class AsyncApiSchemas {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode document;

    private AsyncApiSchemas(JsonNode document) {
        this.document = document;
    }

    static AsyncApiSchemas load() {
        try {
            return new AsyncApiSchemas(new YAMLMapper()
                    .readTree(Path.of("..", "docs", "asyncapi.yaml").toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The addresses of all channels. */
    Set<String> topics() {
        Set<String> topics = new TreeSet<>();
        document.get("channels")
                .forEach(channel -> topics.add(channel.get("address").asText()));
        return topics;
    }

    /** The documented schema of that name. */
    JsonNode schema(String name) {
        return document.at("/components/schemas/" + name);
    }

    /** What the documented schema of that name says against the JSON; empty if nothing. */
    List<String> violations(String schemaName, byte[] json) {
        if (!document.at("/components/schemas").has(schemaName)) {
            throw new IllegalArgumentException("docs/asyncapi.yaml has no schema " + schemaName);
        }
        return violations(schemaAt("#/components/schemas/" + schemaName), read(json));
    }

    /** What its channel's message says against the record's headers and, where it is JSON, its value. */
    List<String> violations(ConsumerRecord<?, byte[]> message) {
        JsonNode documented = messageOf(message.topic());
        List<String> violations = new ArrayList<>();
        JsonNode headers = headersOf(message);
        for (JsonNode schema : headerSchemas(documented)) {
            violations.addAll(violations(schemaAt(schema.get("$ref").asText()), headers));
        }
        if (!documented.has("contentType")) { // then it is the default: JSON
            String payload = documented.at("/payload/$ref").asText();
            violations.addAll(violations(schemaAt(payload), read(message.value())));
        }
        return violations;
    }

    private JsonNode messageOf(String topic) {
        for (JsonNode channel : document.get("channels")) {
            if (channel.get("address").asText().equals(topic)) {
                return resolve(channel.get("messages").elements().next());
            }
        }
        throw new IllegalArgumentException("docs/asyncapi.yaml has no channel with the address " + topic);
    }

    private List<JsonNode> headerSchemas(JsonNode message) {
        List<JsonNode> schemas = new ArrayList<>();
        if (message.has("headers")) {
            schemas.add(message.get("headers"));
        }
        for (JsonNode trait : message.path("traits")) {
            schemas.add(resolve(trait).get("headers"));
        }
        return schemas;
    }

    private JsonNode resolve(JsonNode reference) {
        return document.at(reference.get("$ref").asText().substring(1));
    }

    /** The whole document goes with it, so that references between schemas are found. */
    private ObjectNode schemaAt(String reference) {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$schema", SpecVersion.VersionFlag.V202012.getId());
        schema.put("$ref", reference);
        schema.set("components", document.get("components"));
        return schema;
    }

    private static List<String> violations(ObjectNode schema, JsonNode value) {
        SchemaValidatorsConfig assertingFormats =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema, assertingFormats)
                .validate(value)
                .stream()
                .map(ValidationMessage::getMessage)
                .sorted()
                .toList();
    }

    private static JsonNode headersOf(ConsumerRecord<?, byte[]> message) {
        ObjectNode headers = JSON.createObjectNode();
        for (Iterator<Header> all = message.headers().iterator(); all.hasNext(); ) {
            Header header = all.next();
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }

    private static JsonNode read(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
