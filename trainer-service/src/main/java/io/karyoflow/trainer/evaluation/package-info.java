/**
 * How good a network is: its confusion matrix (what follows from that is in {@code common.validation}), cross entropy, how
 * well scores tell classes apart (areas under ROC curves), and calibration (whether it is right as often as it says). Pure
 * functions of logits and labels.
 */
package io.karyoflow.trainer.evaluation;
