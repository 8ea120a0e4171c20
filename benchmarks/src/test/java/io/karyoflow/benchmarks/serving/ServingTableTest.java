package io.karyoflow.benchmarks.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServingTableTest {
    @Test
    void oursIsComparedWithTheBestOfTheOthersInEachRespect() {
        Map<String, List<Measurement>> rounds = new LinkedHashMap<>();
        rounds.put(
                "ours",
                List.of(new Measurement(900, 20, 30), new Measurement(1500, 24, 50), new Measurement(1200, 22, 40)));
        rounds.put("one process", List.of(new Measurement(600, 11, 14), new Measurement(400, 11, 14)));
        rounds.put("two processes", List.of(new Measurement(1000, 16, 18)));

        assertThat(ServingTable.of(rounds))
                .isEqualToNormalizingNewlines(
                        """
                        | service | images/s (lowest to highest) | alone, ms | 95 % within, ms |
                        |---|---|---|---|
                        | ours | 1200 (900 to 1500) | 22.0 | 40.0 |
                        | one process | 500 (400 to 600) | 11.0 | 14.0 |
                        | two processes | 1000 (1000 to 1000) | 16.0 | 18.0 |

                        RESULT throughput_ratio=1.20 latency_ratio=2.00
                        """);
    }
}
