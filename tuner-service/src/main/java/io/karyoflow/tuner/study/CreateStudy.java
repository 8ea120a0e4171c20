package io.karyoflow.tuner.study;

import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.tuner.study.StudyEvent.StudyCreated;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Checks what is asked for against the data set, stores the study and proposes its first trials. */
public final class CreateStudy {
    private final Datasets datasets;
    private final Studies studies;
    private final PlanTrials planTrials;
    private final Supplier<String> ids;

    /** @param ids a new one at each call */
    public CreateStudy(Datasets datasets, Studies studies, PlanTrials planTrials, Supplier<String> ids) {
        this.datasets = datasets;
        this.studies = studies;
        this.planTrials = planTrials;
        this.ids = ids;
    }

    /**
     * @param name what its owner calls it; empty for one made of its id
     * @return the new study's id
     * @throws InvalidStudyException if it could not run
     */
    public String create(Optional<String> name, StudySpecification specification) {
        List<String> problems = specification.problems(registered(specification.dataset()));
        if (!problems.isEmpty()) {
            throw new InvalidStudyException(problems);
        }
        String id = ids.get();
        Study study = new Study(id, name.orElse("study " + id), StudyState.RUNNING, specification);
        studies.begin(study, (progress, now) -> planTrials.plan(progress, new StudyCreated(), now));
        return id;
    }

    private DatasetRegistered registered(String id) {
        Datasets.Found found = datasets.find(id)
                .orElseThrow(() -> invalid("there is no data set '" + id + "'; import one with POST /datasets of the"
                        + " ingest service and use the id that it answers"));
        return found.registration()
                .orElseThrow(() -> invalid("data set '" + id + "' is " + found.state() + ", not REGISTERED; look at GET"
                        + " /datasets/" + id + " of the ingest service for what it waits for or why it was refused"));
    }

    private static InvalidStudyException invalid(String problem) {
        return new InvalidStudyException(List.of("dataset: " + problem));
    }
}
