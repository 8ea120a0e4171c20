package io.karyoflow.explain.attribution;

/**
 * One setting of a method, as a form or a schema shows it.
 *
 * @param name Captum's, where Captum has it
 * @param type boolean, integer, number, choice, steps or baseline
 * @param defaultValue as JSON has it; null if it depends on the input's size: {@code help} says how
 * @param range what is allowed, as in "an integer from 1 to 1000"
 */
public record OptionDescription(String name, String type, Object defaultValue, String range, String help) {}
