package io.karyoflow.trainer.training;

/** The loss is no longer a finite number: the weights are lost. Usually the learning rate is too high. */
public class DivergedException extends RuntimeException {
    public DivergedException(String where, double loss, double learningRate) {
        super("the loss became " + loss + " " + where + " (learning rate " + learningRate
                + "); try a lower learning rate");
    }
}
