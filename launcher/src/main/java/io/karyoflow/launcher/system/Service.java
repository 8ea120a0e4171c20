package io.karyoflow.launcher.system;

import java.util.List;

/** The five services, each with a heap that ResNet-50 fits into. TensorFlow's memory comes on top. */
public enum Service {
    INGEST("ingest-service", 8081, List.of("-Xmx640m")),
    TUNER("tuner-service", 8082, List.of("-Xmx256m")),
    TRAINER("trainer-service", 8083, List.of("-Xmx2g")),
    INFERENCE("inference-service", 8084, List.of("-Xmx1g")),
    EXPLAIN("explain-service", 8085, List.of("-Xmx1g"));

    private final String module;
    private final int preferredPort;
    private final List<String> memory;

    Service(String module, int preferredPort, List<String> memory) {
        this.module = module;
        this.preferredPort = preferredPort;
        this.memory = memory;
    }

    /** The module's folder in the repository; also the name of its log. */
    public String module() {
        return module;
    }

    int preferredPort() {
        return preferredPort;
    }

    List<String> memory() {
        return memory;
    }
}
