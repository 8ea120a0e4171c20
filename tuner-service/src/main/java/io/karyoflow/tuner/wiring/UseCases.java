package io.karyoflow.tuner.wiring;

import io.karyoflow.tuner.study.CreateStudy;
import io.karyoflow.tuner.study.Datasets;
import io.karyoflow.tuner.study.EndStudy;
import io.karyoflow.tuner.study.HandleTrialEvent;
import io.karyoflow.tuner.study.Models;
import io.karyoflow.tuner.study.PlanTrials;
import io.karyoflow.tuner.study.RepeatTrial;
import io.karyoflow.tuner.study.RescueTrials;
import io.karyoflow.tuner.study.Studies;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.UUID;

/** Makes beans of the plain Java use cases. */
class UseCases {
    @Produces
    @Singleton
    PlanTrials planTrials(TrialsConfiguration configuration) {
        return new PlanTrials(configuration.limits());
    }

    @Produces
    @Singleton
    CreateStudy createStudy(Datasets datasets, Studies studies, PlanTrials planTrials) {
        return new CreateStudy(datasets, studies, planTrials, UseCases::newId);
    }

    @Produces
    @Singleton
    RepeatTrial repeatTrial(Studies studies, CreateStudy createStudy) {
        return new RepeatTrial(studies, createStudy);
    }

    @Produces
    @Singleton
    HandleTrialEvent handleTrialEvent(Studies studies, Models models, PlanTrials planTrials) {
        return new HandleTrialEvent(studies, models, planTrials);
    }

    @Produces
    @Singleton
    EndStudy endStudy(Studies studies, PlanTrials planTrials) {
        return new EndStudy(studies, planTrials);
    }

    @Produces
    @Singleton
    RescueTrials rescueTrials(Studies studies, PlanTrials planTrials, TrialsConfiguration configuration) {
        return new RescueTrials(studies, studies, planTrials, configuration.limits(), InstantSource.system());
    }

    /** Short enough to read aloud: 12 hexadecimal digits. */
    private static String newId() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    }
}
