package io.karyoflow.tuner.study;

/**
 * What somebody says who puts a model into service by hand, so that it can be told later why that was done.
 *
 * @param reason null if nothing was said
 * @param by who wants it, a claim that nothing proves, as no service knows its users; null if nothing was said
 */
public record SaidOfPromotion(String reason, String by) {
    public static final SaidOfPromotion NOTHING = new SaidOfPromotion(null, null);
}
