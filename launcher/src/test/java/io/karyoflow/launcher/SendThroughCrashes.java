package io.karyoflow.launcher;

import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.messaging.ImageRecords;
import io.karyoflow.launcher.system.RunningSystem;
import io.karyoflow.launcher.system.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A scanner that goes on sending while the services that answer it crash and models are switched. */
final class SendThroughCrashes {
    static final List<String> METHODS = List.of("saliency", "occlusion");
    private static final int AT_ONCE = 40;

    private final RunningSystem system;
    private final List<byte[]> images;
    private final List<String> requestIds = new ArrayList<>();

    SendThroughCrashes(RunningSystem system, List<byte[]> images) {
        this.system = system;
        this.images = images;
    }

    /**
     * @param modelIds to be promoted one after the other
     * @return the ids of the requests, each of which asks for a label and for {@link #METHODS}
     */
    List<String> run(List<String> modelIds) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, system.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            send(producer);
            for (String modelId : modelIds) {
                promote(modelId);
                send(producer);
                for (Service service : List.of(Service.EXPLAIN, Service.INFERENCE)) {
                    system.kill(system.service(service));
                    send(producer);
                    system.start(service);
                }
                send(producer);
            }
        }
        return requestIds;
    }

    private void send(KafkaProducer<String, byte[]> producer) throws Exception {
        for (int i = 0; i < AT_ONCE; i++) {
            String id = "through-crashes-" + requestIds.size();
            byte[] image = images.get(requestIds.size() % images.size());
            requestIds.add(id);
            producer.send(ImageRecords.of(
                            new PredictionRequest(id, id, null, null, null, null, METHODS, "image/png", image), "test"))
                    .get();
        }
    }

    private void promote(String modelId) throws IOException, InterruptedException {
        URI promotion = system.service(Service.TUNER).uri().resolve("/models/" + modelId + "/promotion");
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(promotion)
                                .POST(BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException("promotion refused: " + response.body());
        }
    }
}
