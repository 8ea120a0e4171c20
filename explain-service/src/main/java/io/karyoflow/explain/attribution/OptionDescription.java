package io.karyoflow.explain.attribution;

import java.util.List;

/**
 * One setting of a method, as a form or a schema shows it.
 *
 * @param name Captum's, where Captum has it
 * @param type boolean, integer, number, choice, steps or baseline
 * @param defaultValue as JSON has it; null if it depends on the input's size: {@code help} says how
 * @param range what is allowed, as in "an integer from 1 to 1000"
 * @param choices the values that a choice has; none for other types
 */
public record OptionDescription(
        String name, String type, Object defaultValue, String range, List<String> choices, String help) {

    /** Of another type than choice. */
    OptionDescription(String name, String type, Object defaultValue, String range, String help) {
        this(name, type, defaultValue, range, List.of(), help);
    }

    /** The same with another default. */
    public OptionDescription withDefault(Object otherDefault) {
        return new OptionDescription(name, type, otherDefault, range, choices, help);
    }

    /** The same with other help. */
    OptionDescription withHelp(String otherHelp) {
        return new OptionDescription(name, type, defaultValue, range, choices, otherHelp);
    }
}
