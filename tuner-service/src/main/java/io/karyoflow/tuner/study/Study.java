package io.karyoflow.tuner.study;

/** A search for good hyperparameters on one data set. */
public record Study(String id, String name, StudyState state, StudySpecification specification) {
    Study in(StudyState next) {
        return new Study(id, name, next, specification);
    }
}
