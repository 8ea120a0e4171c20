package io.karyoflow.trainer.trial;

import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Sha256;
import io.karyoflow.common.message.StainNormalisation;
import io.karyoflow.common.message.Trainable;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.trainer.data.Augmentation;
import io.karyoflow.trainer.data.FeatureCache;
import io.karyoflow.trainer.data.KeptFeatures;
import io.karyoflow.trainer.data.Split;
import io.karyoflow.trainer.data.TrainingExamples;
import io.karyoflow.trainer.network.FeatureGraph;
import io.karyoflow.trainer.network.Network;
import io.karyoflow.trainer.network.WeightValues;
import io.karyoflow.trainer.pretrained.PretrainedWeights;
import io.karyoflow.trainer.training.TrainingSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

/**
 * What a trial learns from: images, or, where nothing but the head learns and the rest of the network sees the same of an
 * image in every epoch, but for its orientation, what that is: it is computed once for all trials of the same weights.
 */
final class ChooseExamples {
    private final TrialRequested request;
    private final FeatureCache cache;
    private final Runnable stillWanted;

    ChooseExamples(TrialRequested request, FeatureCache cache, Runnable stillWanted) {
        this.request = request;
        this.cache = cache;
        this.stillWanted = stillWanted;
    }

    /**
     * @param start what the network starts from
     * @param session before its first step
     */
    TrainingExamples of(Network network, Split split, PretrainedWeights start, TrainingSession session)
            throws IOException {
        Hyperparameters hyperparameters = request.hyperparameters();
        // no other trial has what starts at random: to compute all orientations, and keep them, would not pay
        if (!start.isWhole() || !headLearnsFromTheSameInEveryEpoch(hyperparameters)) {
            return TrainingExamples.images(split, hyperparameters, request.seed());
        }
        KeptFeatures features = cache.open(
                key(network, session.weights()),
                split.dataset(),
                hyperparameters.flipsAndTurns(),
                session::features,
                stillWanted);
        return TrainingExamples.features(split, features, hyperparameters, request.seed());
    }

    private static boolean headLearnsFromTheSameInEveryEpoch(Hyperparameters hyperparameters) {
        return hyperparameters.trainable() == Trainable.HEAD
                && Augmentation.of(hyperparameters).onlyOrientations()
                // some images are seen by their own colours instead of their slide's, others in each epoch
                && hyperparameters.stainNormalisation() != StainNormalisation.SLIDE;
    }

    /** Of all that features depend on: images, the network with its preprocessing and weights, and precision. */
    private String key(Network network, Map<String, WeightValues> weights) {
        String computed = FeatureGraph.sha256(network, weights) + " "
                + request.hyperparameters().precision();
        MessageDigest digest = Sha256.digest();
        digest.update(MessageJson.write(request.dataset()));
        digest.update(computed.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }
}
