package io.karyoflow.launcher.answers;

import io.karyoflow.launcher.client.IngestClient;
import io.karyoflow.launcher.data.Images;
import io.karyoflow.launcher.progress.Patience;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Asks once for explanations of some images of each class, and waits for all that will come. */
public final class ExplainExamples {
    public static final List<String> METHODS = List.of("saliency", "smoothgrad", "occlusion");
    private static final int EACH_CLASS = 3;

    private final IngestClient ingest;
    private final Answers answers;
    private final Patience patience;
    private final Map<String, byte[]> images = new HashMap<>();
    private final Map<String, String> requests = new LinkedHashMap<>();

    public ExplainExamples(IngestClient ingest, Answers answers, Patience patience) {
        this.ingest = ingest;
        this.answers = answers;
        this.patience = patience;
    }

    /** @param classByFile which class each image is taken for; some of each class are explained */
    public List<Explained> run(Images source, Map<String, String> classByFile) {
        List<String> examples = someOfEachClass(classByFile);
        patience.progress().step("Explaining " + examples.size() + " images by " + String.join(", ", METHODS));
        images.putAll(source.read(examples));
        for (String filename : examples) {
            requests.put(
                    filename,
                    ingest.requestPrediction(
                                    filename, StreamImages.slide(source, filename), images.get(filename), METHODS)
                            .requestId());
        }
        String wanted = requests.size() * METHODS.size() + " attributions";
        patience.await(
                wanted,
                () -> new long[] {unanswered(), attributed()},
                seen -> seen[0] == 0,
                seen -> seen[1] + " of " + wanted);
        patience.progress().done(attributed() + " of " + wanted);
        return soFar();
    }

    /** All that were asked for, each with the attributions that have come. */
    public List<Explained> soFar() {
        return requests.entrySet().stream()
                .map(request -> new Explained(
                        request.getKey(),
                        images.get(request.getKey()),
                        new TreeMap<>(answers.attributions(request.getValue()))))
                .toList();
    }

    private static List<String> someOfEachClass(Map<String, String> classByFile) {
        Map<String, List<String>> chosen = new TreeMap<>();
        classByFile.forEach((filename, className) -> {
            List<String> ofClass = chosen.computeIfAbsent(className, name -> new ArrayList<>());
            if (ofClass.size() < EACH_CLASS) {
                ofClass.add(filename);
            }
        });
        return chosen.values().stream().flatMap(List::stream).toList();
    }

    /** A request that became a dead letter has had its answer. */
    private long unanswered() {
        Set<String> dead = answers.deadLetters().stream().map(DeadLetter::key).collect(Collectors.toSet());
        return requests.values().stream()
                .filter(request -> !dead.contains(request))
                .filter(request -> answers.prediction(request).isEmpty()
                        || answers.attributions(request).size() < METHODS.size())
                .count();
    }

    private long attributed() {
        return requests.values().stream()
                .mapToLong(request -> answers.attributions(request).size())
                .sum();
    }
}
