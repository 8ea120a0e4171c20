package io.karyoflow.ingest.dataset;

/** A CSV or archive that cannot be used as a whole. */
class UnusableSourceException extends Exception {
    private final transient Problem problem;

    UnusableSourceException(Problem problem) {
        super(problem.file() + ": " + problem.reason());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
