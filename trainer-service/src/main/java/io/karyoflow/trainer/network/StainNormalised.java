package io.karyoflow.trainer.network;

import io.karyoflow.common.message.StainNormalisation;

/** A network that sees images whose stains were normalised first. */
record StainNormalised(Network network, StainNormalisation normalisation) implements SeenOtherwise {

    @Override
    public Preprocessing preprocessing() {
        return network.preprocessing().after(normalisation);
    }
}
