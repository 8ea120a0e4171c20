package io.karyoflow.tuner.study;

import java.util.List;

/** A study that cannot run as specified; each problem names the setting and says what to do. */
public class InvalidStudyException extends RuntimeException {
    private final transient List<String> problems;

    public InvalidStudyException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
