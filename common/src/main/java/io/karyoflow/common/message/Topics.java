package io.karyoflow.common.message;

/** Topic names. A SmallRye channel has the name of its topic. */
public final class Topics {
    public static final String IMAGES = "images";
    public static final String DATASETS = "datasets";
    public static final String TRIAL_REQUESTS = "trial-requests";
    public static final String TRIAL_EVENTS = "trial-events";
    public static final String TRIAL_STOPS = "trial-stops";
    public static final String MODELS = "models";
    public static final String PREDICTION_REQUESTS = "prediction-requests";
    public static final String PREDICTIONS = "predictions";
    public static final String EXPLANATION_REQUESTS = "explanation-requests";
    public static final String ATTRIBUTIONS = "attributions";

    /** The share group from which idle trainers take trials. */
    public static final String TRAINERS_SHARE_GROUP = "trainers";

    private Topics() {}

    /** Where a consumer of {@code topic} puts a record it cannot use. */
    public static String deadLetter(String topic) {
        return topic + "-dead-letter";
    }
}
