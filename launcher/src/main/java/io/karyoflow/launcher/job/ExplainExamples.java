package io.karyoflow.launcher.job;

import io.karyoflow.launcher.answers.CollectAnswers;
import io.karyoflow.launcher.client.IngestClient;
import io.karyoflow.launcher.data.Images;
import io.karyoflow.launcher.progress.Patience;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks for explanations of some images of each class, and waits for all of them. */
public final class ExplainExamples {
    public static final List<String> METHODS = List.of("saliency", "smoothgrad", "occlusion");
    private static final int EACH_CLASS = 3;

    private final IngestClient ingest;
    private final CollectAnswers answers;
    private final Patience patience;

    public ExplainExamples(IngestClient ingest, CollectAnswers answers, Patience patience) {
        this.ingest = ingest;
        this.answers = answers;
        this.patience = patience;
    }

    /** @param classByFile which class each image is taken for; some of each class are explained */
    public List<Explained> run(Images images, Map<String, String> classByFile) {
        List<String> examples = someOfEachClass(classByFile);
        patience.progress().step("Explaining " + examples.size() + " images by " + String.join(", ", METHODS));
        Map<String, byte[]> bytes = images.read(examples);
        Map<String, String> requests = new LinkedHashMap<>();
        bytes.forEach((filename, image) -> requests.put(
                filename, ingest.requestPrediction(filename, image, METHODS).requestId()));
        int wanted = requests.size() * METHODS.size();
        patience.await(
                wanted + " attributions",
                () -> new int[] {answered(requests), attributed(requests)},
                seen -> seen[0] == requests.size() && seen[1] == wanted,
                seen -> seen[1] + " of " + wanted + " attributions");
        patience.progress().done(wanted + " of " + wanted + " attributions");
        List<Explained> explained = new ArrayList<>();
        requests.forEach((filename, request) -> explained.add(new Explained(
                filename,
                bytes.get(filename),
                answers.prediction(request).orElseThrow(),
                new TreeMap<>(answers.attributions(request)))));
        return explained;
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

    private int answered(Map<String, String> requests) {
        return (int) requests.values().stream()
                .filter(request -> answers.prediction(request).isPresent())
                .count();
    }

    private int attributed(Map<String, String> requests) {
        return requests.values().stream()
                .mapToInt(request -> answers.attributions(request).size())
                .sum();
    }
}
