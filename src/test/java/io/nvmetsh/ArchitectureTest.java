package io.nvmetsh;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The packages stand in a line, and a line of input travels it one way: see
 * docs/decisions/0001-linear-packages.md.
 */
class ArchitectureTest {

  private static final String ROOT = "io.nvmetsh.";

  /** Each may use those before it and none after it, so there can be no cycle. */
  private static final List<String> LINE =
      List.of(
          "schema",
          "device",
          "kernel",
          "kernel.sim",
          "tree",
          "config",
          "plan",
          "offload",
          "topology",
          "doctor",
          "journal",
          "command",
          "script",
          "session",
          "shell");

  /** A roster and what is on it are one place: the first names the second, which is made for it. */
  private static final Map<String, String> ROSTERS =
      Map.of(
          "plan",
          "plan.hazards",
          "offload",
          "offload.rules",
          "doctor",
          "doctor.checks",
          "command",
          "command.filters");

  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.nvmetsh");

  @Test
  void everyPackageHasItsPlaceInTheLine() {
    assertEquals(
        LINE.stream().flatMap(ArchitectureTest::at).collect(Collectors.toSet()), packages());
  }

  /** The packages at a place in the line. */
  private static Stream<String> at(String place) {
    return Stream.concat(Stream.of(place), Stream.ofNullable(ROSTERS.get(place))).map(ROOT::concat);
  }

  private static Set<String> packages() {
    return PROGRAM.stream()
        .map(JavaClass::getPackageName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static List<String> line() {
    return LINE.subList(0, LINE.size() - 1);
  }

  @ParameterizedTest
  @MethodSource("line")
  void usesOnlyWhatStandsBeforeIt(String name) {
    String[] after =
        LINE.subList(LINE.indexOf(name) + 1, LINE.size()).stream()
            .flatMap(ArchitectureTest::at)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAnyPackage(at(name).toArray(String[]::new))
        .should()
        .dependOnClassesThat(resideInAnyPackage(after))
        .check(PROGRAM);
  }

  @Test
  void theSchemaNeedsTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage(ROOT + "schema")
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(ROOT + "schema", "java..", "org.jspecify.."))
        .check(PROGRAM);
  }

  @Test
  void onlyTheShellKnowsSpringAndJLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "shell")
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.springframework..", "org.jline.."))
        .check(PROGRAM);
  }

  /** Every other package speaks in types of its own; JSON is how some of them are kept or shown. */
  @Test
  void jsonIsReadAndWrittenInFewPlaces() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ROOT + "kernel.sim",
            ROOT + "config",
            ROOT + "journal",
            ROOT + "session",
            ROOT + "shell")
        .should()
        .dependOnClassesThat(resideInAnyPackage("com.fasterxml.."))
        .check(PROGRAM);
  }

  /** What a command has to say is an outcome; the shell decides where and how it is shown. */
  @Test
  void onlyTheShellWritesToTheStandardStreams() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "shell")
        .should(ACCESS_STANDARD_STREAMS)
        .check(PROGRAM);
  }

  @Test
  void everyPackageIsNullMarked() {
    for (String name : packages()) {
      assertTrue(PROGRAM.getPackage(name).isAnnotatedWith(NullMarked.class), name);
    }
  }
}
