package io.karyoflow.tuner.web;

import io.karyoflow.common.message.Architecture;
import io.karyoflow.tuner.scheduler.RunToTheEnd;
import io.karyoflow.tuner.scheduler.TrialScheduler;
import io.karyoflow.tuner.search.RandomSearch;
import io.karyoflow.tuner.search.SearchAlgorithm;
import io.karyoflow.tuner.space.SearchSpace;
import io.karyoflow.tuner.study.InvalidStudyException;
import io.karyoflow.tuner.study.Metric;
import io.karyoflow.tuner.study.Promotion;
import io.karyoflow.tuner.study.Repeats;
import io.karyoflow.tuner.study.StudySpecification;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What {@code POST /studies} takes: a specification with everything but the data set and the space optional. */
@Schema(description = "A study to run. Only dataset and space are required.")
public record StudyRequest(
        @Schema(description = "What you call it; made of its id if left out") String name,
        @Schema(description = "Id of a registered data set", required = true) String dataset,
        @Schema(description = "The network: convnet (default), resnet50, resnet50v2 or mobilenetv2")
                Architecture architecture,
        @Schema(
                        description =
                                "The hyperparameters to set or vary (GET /hyperparameters lists them), each a value"
                                        + " for all trials,"
                                        + " {\"type\":\"uniform\"|\"loguniform\",\"min\",\"max\"}, {\"type\":\"integer\",\"min\",\"max\",\"step\"}"
                                        + " or {\"type\":\"choice\",\"values\"}. The others have their defaults.",
                        type = SchemaType.OBJECT,
                        required = true,
                        example = "{\"learningRate\":{\"type\":\"loguniform\",\"min\":0.0003,\"max\":0.01},"
                                + "\"inputSize\":32}")
                SearchSpace space,
        @Schema(
                        description = "{\"type\":\"random\"} (default), {\"type\":\"grid\",\"points\":3} or"
                                + " {\"type\":\"tpe\",\"startupTrials\":10,\"candidates\":24}",
                        type = SchemaType.OBJECT,
                        example = "{\"type\":\"random\"}")
                SearchAlgorithm search,
        @Schema(
                        description =
                                "{\"type\":\"none\"} (default) or {\"type\":\"asha\",\"gracePeriod\":1,\"reductionFactor\":3}",
                        type = SchemaType.OBJECT,
                        example = "{\"type\":\"asha\",\"gracePeriod\":1,\"reductionFactor\":3}")
                TrialScheduler scheduler,
        @Schema(
                        description = "How many trials; default 10, for a grid all combinations, for tpe four times its"
                                + " startupTrials, 1 if the space leaves nothing to vary; with repeats one for each of"
                                + " their folds and seeds, and nothing else is taken")
                Integer trials,
        @Schema(description = "How many may be queued or running at once; default 2") Integer concurrency,
        @Schema(description = "What to optimize on the validation fold; default macroF1") Metric metric,
        @Schema(description = "Passes over the training images for each trial; default 10") Integer epochs,
        @Schema(description = "The fold to validate on; default 0") Integer validationFold,
        @Schema(
                        description =
                                "Same seed and data, same proposals; those of tpe also follow from how the trials did that"
                                        + " had ended by then, so with a concurrency above 1 they may differ. Default 0")
                Long seed,
        @Schema(
                        description =
                                "What becomes of the best model when the study ends: always (default) promotes it; ifBetter"
                                        + " promotes it if its metric on the validation images is better than that of the"
                                        + " model in service, and also if that one was validated on other images,"
                                        + " because then the two cannot be compared; never leaves it to POST"
                                        + " /models/{id}/promotion, and so do the others if the model in service has"
                                        + " other classes. Repeats promote never, and nothing else is taken")
                Promotion promotion,
        @Schema(
                        description =
                                "Trains one configuration once for each of these folds and seeds (a trial's own seed,"
                                        + " not the study's). Either may be left out: then it is validationFold or seed. The"
                                        + " space must leave nothing to vary, and search and scheduler must be left out. GET"
                                        + " /studies/{id}/summary has mean and standard deviation",
                        type = SchemaType.OBJECT,
                        example = "{\"folds\":[0,1,2,3,4],\"seeds\":[1,2,3]}")
                Repeats repeats) {

    /** @throws InvalidStudyException if something required is missing, or said twice */
    StudySpecification specification() {
        if (dataset == null || dataset.isBlank()) {
            throw missing(
                    "dataset", "give the id of a registered data set; GET /datasets of the ingest service lists them");
        }
        if (space == null) {
            throw missing(
                    "space",
                    "name the hyperparameters to vary, for example"
                            + " {\"learningRate\": {\"type\": \"loguniform\", \"min\": 0.0003, \"max\": 0.01}}");
        }
        SearchAlgorithm chosenSearch = or(search, new RandomSearch());
        Repeats allRepeats = allRepeats();
        return new StudySpecification(
                dataset,
                or(architecture, Architecture.CONVNET),
                space,
                chosenSearch,
                or(scheduler, new RunToTheEnd()),
                or(trials, allRepeats == null ? defaultTrials(chosenSearch) : allRepeats.count()),
                or(concurrency, 2),
                or(metric, Metric.MACRO_F1),
                or(epochs, 10),
                or(validationFold, 0),
                or(seed, 0L),
                or(promotion, allRepeats == null ? Promotion.ALWAYS : Promotion.NEVER),
                allRepeats);
    }

    Optional<String> givenName() {
        return Optional.ofNullable(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** With what is left out; null if nothing is to be repeated. */
    private Repeats allRepeats() {
        if (repeats == null) {
            return null;
        }
        if (repeats.folds() != null && validationFold != null) {
            throw saidTwice("validationFold", "repeats.folds");
        }
        if (repeats.seeds() != null && seed != null) {
            throw saidTwice("seed", "repeats.seeds");
        }
        return repeats.orElse(or(validationFold, 0), or(seed, 0L));
    }

    private int defaultTrials(SearchAlgorithm chosenSearch) {
        long configurations = space.varies() ? chosenSearch.usualTrials(space) : 1;
        return (int) Math.min(configurations, StudySpecification.MAX_TRIALS);
    }

    private static <T> T or(T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    private static InvalidStudyException saidTwice(String name, String other) {
        return new InvalidStudyException(List.of(name + ": " + other + " says it, too; leave out one of the two"));
    }

    private static InvalidStudyException missing(String name, String advice) {
        return new InvalidStudyException(List.of(name + ": is missing; " + advice));
    }
}
