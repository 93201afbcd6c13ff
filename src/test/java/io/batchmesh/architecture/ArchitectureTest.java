package io.batchmesh.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.batchmesh.time.Clocks;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the floors of the house: arrows go strictly down, and there are no cycles. */
class ArchitectureTest {
    private static final String ROOT = "io.batchmesh.";

    /** Each package with its floor; a package may use those of lower floors and nothing else. */
    private static final Map<String, Integer> FLOORS =
            Map.ofEntries(
                    Map.entry("time", 0),
                    Map.entry("quantity", 0),
                    Map.entry("json", 1),
                    Map.entry("policy", 2),
                    Map.entry("certificate", 2),
                    Map.entry("model", 3),
                    Map.entry("config", 3),
                    Map.entry("metrics", 3),
                    Map.entry("document", 3),
                    Map.entry("validate", 4),
                    Map.entry("edit", 4),
                    Map.entry("store", 4),
                    Map.entry("translate", 4),
                    Map.entry("forecast", 4),
                    Map.entry("admin", 4),
                    Map.entry("alert", 4),
                    Map.entry("proxy", 5),
                    Map.entry("relay", 5),
                    Map.entry("plan", 5),
                    Map.entry("target", 5),
                    Map.entry("push", 6),
                    Map.entry("observe", 6),
                    Map.entry("mesh", 6),
                    Map.entry("ui", 7),
                    Map.entry("cli", 7),
                    Map.entry("app", 8));

    private static JavaClasses house;

    @BeforeAll
    static void read() {
        var compiled = Clocks.class.getProtectionDomain().getCodeSource().getLocation();
        house = new ClassFileImporter().importUrl(compiled);
    }

    @TestFactory
    Stream<DynamicTest> aPackageUsesOnlyPackagesOfLowerFloors() {
        return FLOORS.keySet().stream()
                .sorted()
                .map(name -> DynamicTest.dynamicTest(name, () -> checkFloor(name)));
    }

    private static void checkFloor(String name) {
        var rule =
                noClasses()
                        .that()
                        .resideInAnyPackage(ROOT + name, ROOT + name + "..")
                        .should()
                        .dependOnClassesThat(notBelow(name))
                        .because("imports go strictly down, so that each floor stands alone")
                        .allowEmptyShould(true);
        rule.check(house);
    }

    private static DescribedPredicate<JavaClass> notBelow(String name) {
        int floor = FLOORS.get(name);
        return DescribedPredicate.describe(
                "are not below floor " + floor,
                other -> {
                    var room = room(other);
                    return !room.isEmpty()
                            && !room.equals(name)
                            && FLOORS.getOrDefault(room, Integer.MAX_VALUE) >= floor;
                });
    }

    /** The top-level package of a class of ours, or empty. */
    private static String room(JavaClass type) {
        var name = type.getPackageName();
        return name.startsWith(ROOT) ? name.substring(ROOT.length()).split("\\.")[0] : "";
    }

    @Test
    void everyPackageHasAFloor() {
        var rooms = new TreeSet<String>();
        house.forEach(type -> rooms.add(room(type)));
        rooms.remove("");
        rooms.removeAll(FLOORS.keySet());
        assertEquals(Set.of(), rooms, "packages without a floor");
    }

    @TestFactory
    Stream<DynamicTest> aRuleOfTheHouseHolds() {
        return RULES.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> e.getValue().check(house)));
    }

    private static final Map<String, ArchRule> RULES =
            Map.ofEntries(
                    Map.entry(
                            "packages are free of cycles",
                            slices().matching("io.batchmesh.(**)").should().beFreeOfCycles()),
                    Map.entry(
                            "features of the window do not know one another",
                            slices().matching("io.batchmesh.ui.(canvas|plot|inspector|plan)..")
                                    .should()
                                    .notDependOnEachOther()
                                    .allowEmptyShould(true)),
                    Map.entry(
                            "JavaFX only in ui and app",
                            noClasses()
                                    .that()
                                    .resideOutsideOfPackages(
                                            "io.batchmesh.ui..", "io.batchmesh.app..")
                                    .should()
                                    .dependOnClassesThat()
                                    .resideInAPackage("javafx..")),
                    Map.entry(
                            "time is injected",
                            noClasses()
                                    .that()
                                    .resideOutsideOfPackage("io.batchmesh.app..")
                                    .should()
                                    .callMethod(System.class, "nanoTime")
                                    .orShould()
                                    .callMethod(System.class, "currentTimeMillis")
                                    .orShould()
                                    .callMethod(java.time.Instant.class, "now")
                                    .orShould()
                                    .callMethod(Thread.class, "sleep", long.class)
                                    .because("a test turns the clock by hand")),
                    Map.entry(
                            "threads are made in app alone",
                            noClasses()
                                    .that()
                                    .resideOutsideOfPackage("io.batchmesh.app..")
                                    .should()
                                    .dependOnClassesThat()
                                    .haveFullyQualifiedName("java.util.concurrent.Executors")
                                    .orShould()
                                    .callConstructor(Thread.class, Runnable.class)
                                    .orShould()
                                    .callConstructor(Thread.class, Runnable.class, String.class)
                                    .because("whoever makes threads must also end them")),
                    Map.entry(
                            "the FX thread is entered by one door",
                            noClasses()
                                    .that()
                                    .doNotHaveFullyQualifiedName("io.batchmesh.ui.FxThread")
                                    .should()
                                    .callMethod(
                                            "javafx.application.Platform",
                                            "runLater",
                                            Runnable.class.getName())),
                    Map.entry(
                            "no standard streams outside cli and app",
                            noClasses()
                                    .that()
                                    .resideOutsideOfPackages(
                                            "io.batchmesh.cli..", "io.batchmesh.app..")
                                    .should()
                                    .accessField(System.class, "out")
                                    .orShould()
                                    .accessField(System.class, "err")),
                    Map.entry(
                            "the model holds records, enums and interfaces",
                            classes()
                                    .that()
                                    .resideInAPackage("io.batchmesh.model")
                                    .and()
                                    .areTopLevelClasses()
                                    .and()
                                    .doNotHaveSimpleName("package-info")
                                    .should(BeValues.beValues())),
                    Map.entry(
                            "no catch-all names",
                            noClasses()
                                    .should()
                                    .haveNameMatching(".*(Util|Utils|Manager|Helper|Impl)$")),
                    Map.entry(
                            "certificates are never waved through",
                            noClasses()
                                    .should()
                                    .implement("javax.net.ssl.X509TrustManager")
                                    .orShould()
                                    .implement("javax.net.ssl.HostnameVerifier")));

    @Test
    void everyPackageSaysWhatItIsForAndIsNullMarked() {
        var missing =
                house.stream()
                        .map(JavaClass::getPackage)
                        .distinct()
                        .filter(p -> !p.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                        .map(p -> p.getName())
                        .sorted()
                        .toList();
        assertEquals(List.of(), missing, "packages without @NullMarked package-info");
    }
}
