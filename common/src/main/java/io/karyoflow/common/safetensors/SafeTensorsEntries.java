package io.karyoflow.common.safetensors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what the JSON of a header says of each tensor. Tensors must fill what follows the header without gap or overlap, and
 * each must be as large as its shape says; so a file that was cut short, or made to deceive, is refused.
 */
final class SafeTensorsEntries {
    private static final String METADATA = "__metadata__";
    private static final Map<String, Integer> BITS = Map.ofEntries(
            Map.entry("F64", 64),
            Map.entry("F32", 32),
            Map.entry("F16", 16),
            Map.entry("BF16", 16),
            Map.entry("F8_E5M2", 8),
            Map.entry("F8_E4M3", 8),
            Map.entry("I64", 64),
            Map.entry("I32", 32),
            Map.entry("I16", 16),
            Map.entry("I8", 8),
            Map.entry("U64", 64),
            Map.entry("U32", 32),
            Map.entry("U16", 16),
            Map.entry("U8", 8),
            Map.entry("BOOL", 8));

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final String file;
    private final long dataBytes;

    private SafeTensorsEntries(String file, long dataBytes) {
        this.file = file;
        this.dataBytes = dataBytes;
    }

    /**
     * @param file its name, for messages
     * @param json UTF-8; may end with spaces
     * @param dataBytes that follow the header
     * @throws BrokenSafeTensorsException that says what is wrong with which tensor
     */
    static Map<String, TensorEntry> read(String file, byte[] json, long dataBytes) throws BrokenSafeTensorsException {
        SafeTensorsEntries reader = new SafeTensorsEntries(file, dataBytes);
        Map<String, TensorEntry> entries = reader.entries(json);
        reader.checkThatTheyFill(entries);
        return entries;
    }

    private Map<String, TensorEntry> entries(byte[] json) throws BrokenSafeTensorsException {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (IOException e) {
            throw broken("its header is not JSON: " + e.getMessage());
        }
        if (!root.isObject()) {
            throw broken("its header is not a JSON object");
        }
        Map<String, TensorEntry> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (!field.getKey().equals(METADATA)) {
                entries.put(field.getKey(), entry(field.getKey(), field.getValue()));
            }
        }
        return entries;
    }

    private TensorEntry entry(String name, JsonNode node) throws BrokenSafeTensorsException {
        String type = node.path("dtype").asText();
        if (!BITS.containsKey(type)) {
            throw broken("tensor '" + name + "' has the unknown type '" + type + "'");
        }
        long[] shape = wholeNumbers(name, node, "shape");
        long[] offsets = wholeNumbers(name, node, "data_offsets");
        if (offsets.length != 2 || offsets[0] > offsets[1] || offsets[1] > dataBytes) {
            throw broken(
                    "tensor '" + name + "' would lie at " + node.path("data_offsets") + " of " + dataBytes + " bytes");
        }
        if (bytes(name, shape, BITS.get(type) / 8) != offsets[1] - offsets[0]) {
            throw broken("tensor '" + name + "' has " + (offsets[1] - offsets[0]) + " bytes, which are not " + type
                    + " " + node.path("shape"));
        }
        return new TensorEntry(type, shape, offsets[0], offsets[1]);
    }

    private long[] wholeNumbers(String name, JsonNode node, String field) throws BrokenSafeTensorsException {
        JsonNode array = node.path(field);
        List<Long> numbers = new ArrayList<>();
        array.forEach(number -> numbers.add(number.canConvertToExactIntegral() ? number.asLong(-1) : -1));
        if (!array.isArray() || numbers.stream().anyMatch(number -> number < 0)) {
            throw broken("tensor '" + name + "' has no usable " + field + ": " + array);
        }
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    private long bytes(String name, long[] shape, int each) throws BrokenSafeTensorsException {
        long bytes = each;
        try {
            for (long dimension : shape) {
                bytes = Math.multiplyExact(bytes, dimension);
            }
        } catch (ArithmeticException e) {
            throw broken("tensor '" + name + "' would be larger than any file");
        }
        return bytes;
    }

    private void checkThatTheyFill(Map<String, TensorEntry> entries) throws BrokenSafeTensorsException {
        List<Map.Entry<String, TensorEntry>> inOrder = new ArrayList<>(entries.entrySet());
        inOrder.sort(Comparator.comparingLong((Map.Entry<String, TensorEntry> entry) ->
                        entry.getValue().begin())
                .thenComparingLong(entry -> entry.getValue().end()));
        long filled = 0;
        for (Map.Entry<String, TensorEntry> entry : inOrder) {
            long begin = entry.getValue().begin();
            if (begin != filled) {
                throw broken("tensor '" + entry.getKey() + "' begins at byte " + begin
                        + (begin < filled
                                ? ", within the one before it, which ends at "
                                : ", but the one before it ends at ")
                        + filled);
            }
            filled = entry.getValue().end();
        }
        if (filled != dataBytes) {
            throw broken("its tensors end at byte " + filled + " of " + dataBytes);
        }
    }

    private BrokenSafeTensorsException broken(String problem) {
        return new BrokenSafeTensorsException(file + " is no whole safetensors file: " + problem);
    }
}
