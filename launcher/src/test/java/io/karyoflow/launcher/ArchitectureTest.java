package io.karyoflow.launcher;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every service has the same shape, and these rules keep it. */
class ArchitectureTest {
    private static final String COMMON = "io.karyoflow.common";
    static final List<String> SERVICES = List.of("ingest", "tuner", "trainer", "inference", "explain");
    static final List<String> MODULES =
            Stream.concat(SERVICES.stream(), Stream.of("common", "launcher")).toList();

    static final Map<String, JavaClasses> BY_SERVICE =
            SERVICES.stream().collect(Collectors.toMap(Function.identity(), ArchitectureTest::classesOf));
    private static final JavaClasses ALL = new ClassFileImporter()
            .importPaths(SERVICES.stream().map(ArchitectureTest::module).toArray(Path[]::new));
    private static final JavaClasses COMMON_CLASSES =
            new ClassFileImporter().importPath(Path.of("..", "common", "target", "classes"));

    private static final String[] KAFKA = {
        "org.apache.kafka..", "io.smallrye.reactive.messaging..", "org.eclipse.microprofile.reactive.messaging.."
    };
    private static final String[] SQL = {"java.sql..", "javax.sql..", "org.jdbi..", "io.agroal..", "org.postgresql.."};
    private static final String[] QUARKUS = {"io.quarkus..", "jakarta.ws.rs.."};
    private static final String[] TENSORFLOW = {"org.tensorflow.."};
    private static final String[] DJL = {"ai.djl.."};

    private static Path module(String service) {
        return Path.of("..", service + "-service", "target", "classes");
    }

    private static JavaClasses classesOf(String service) {
        return new ClassFileImporter().importPath(module(service));
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void thereIsSomethingToCheck(String service) {
        assertThat(BY_SERVICE.get(service)).hasSizeGreaterThan(10).allMatch(type -> type.getPackageName()
                .startsWith("io.karyoflow." + service));
        assertThat(COMMON_CLASSES).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void onlyMessagingKnowsKafka(String service) {
        String messaging = "io.karyoflow." + service + ".messaging..";
        assertThat(BY_SERVICE.get(service).that(resideInAPackage(messaging)))
                .as("%s has classes that use Kafka", service)
                .anyMatch(type -> dependsOn(type, KAFKA));
        noClasses()
                .that()
                .resideOutsideOfPackage(messaging)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(KAFKA)
                .check(BY_SERVICE.get(service));
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void onlyPersistenceKnowsSql(String service) {
        String persistence = "io.karyoflow." + service + ".persistence..";
        assertThat(BY_SERVICE.get(service).that(resideInAPackage(persistence)))
                .as("%s has classes that use SQL", service)
                .anyMatch(type -> dependsOn(type, SQL));
        noClasses()
                .that()
                .resideOutsideOfPackage(persistence)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SQL)
                .check(BY_SERVICE.get(service));
    }

    /** Whoever reads a package meets only what is below it. */
    @ParameterizedTest
    @FieldSource("MODULES")
    void noPackagesDependOnEachOther(String module) {
        slices().matching("io.karyoflow." + module + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(new ClassFileImporter().importPath(folderOf(module)));
    }

    private static Path folderOf(String module) {
        return SERVICES.contains(module) ? module(module) : Path.of("..", module, "target", "classes");
    }

    @Test
    void inCommonOnlyMessagingKnowsKafkaAndOnlyDatabaseSql() {
        noClasses()
                .that()
                .resideOutsideOfPackage(COMMON + ".messaging..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(KAFKA)
                .check(COMMON_CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(COMMON + ".database..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SQL)
                .check(COMMON_CLASSES);
        noClasses().should().dependOnClassesThat().resideInAnyPackage(QUARKUS).check(COMMON_CLASSES);
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void domainPackagesArePlainJava(String service) {
        DescribedPredicate<JavaClass> outer = outerPackages(service);
        assertThat(BY_SERVICE.get(service).that(DescribedPredicate.not(outer)))
                .as("%s has domain classes", service)
                .hasSizeGreaterThan(5);
        noClasses()
                .that(DescribedPredicate.not(outer))
                .should()
                .dependOnClassesThat(outer.or(resideInAnyPackage(QUARKUS)).as("outer packages, or Quarkus' own"))
                .check(BY_SERVICE.get(service));
    }

    /** The three, and where a service needs it the small package that wires domain objects into CDI. */
    private static DescribedPredicate<JavaClass> outerPackages(String service) {
        String base = "io.karyoflow." + service;
        return resideInAnyPackage(base + ".messaging..", base + ".persistence..", base + ".web..", base + ".wiring..");
    }

    /** So that they can be taken out and used by themselves. */
    @Test
    void attributionAndFaithfulnessNeedNothingElse() {
        String attribution = "io.karyoflow.explain.attribution..";
        String faithfulness = "io.karyoflow.explain.faithfulness..";
        classes()
                .that()
                .resideInAnyPackage(attribution, faithfulness)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", attribution, faithfulness)
                .check(BY_SERVICE.get("explain"));
        noClasses()
                .that()
                .resideInAPackage(attribution)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(faithfulness)
                .check(BY_SERVICE.get("explain"));
    }

    @Test
    void tensorFlowIsTheTrainersAffair() {
        String[] allowed = {
            "io.karyoflow.trainer.network..", "io.karyoflow.trainer.training..", "io.karyoflow.trainer.export.."
        };
        assertThat(ALL.that(resideInAnyPackage(allowed))).anyMatch(type -> dependsOn(type, TENSORFLOW));
        noClasses()
                .that()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(TENSORFLOW)
                .check(ALL);
    }

    @Test
    void djlIsTheRuntimePackagesAffair() {
        String allowed = COMMON + ".runtime..";
        JavaClasses withCommon = new ClassFileImporter()
                .importPaths(
                        Path.of("..", "common", "target", "classes"),
                        module("inference"),
                        module("explain"),
                        module("ingest"),
                        module("tuner"),
                        module("trainer"));
        assertThat(withCommon.that(resideInAPackage(allowed))).anyMatch(type -> dependsOn(type, DJL));
        noClasses()
                .that()
                .resideOutsideOfPackage(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DJL)
                .check(withCommon);
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void servicesKnowOneAnotherOnlyByMessages(String service) {
        String[] others = SERVICES.stream()
                .filter(other -> !other.equals(service))
                .map(other -> "io.karyoflow." + other + "..")
                .toArray(String[]::new);
        noClasses().should().dependOnClassesThat().resideInAnyPackage(others).check(BY_SERVICE.get(service));
    }

    private static boolean dependsOn(JavaClass type, String... packages) {
        return type.getDirectDependenciesFromSelf().stream()
                .anyMatch(dependency -> resideInAnyPackage(packages).test(dependency.getTargetClass()));
    }
}
