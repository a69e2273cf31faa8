package dev.geneva.ray.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

@AnalyzeClasses(packages = "dev.geneva.ray", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.geneva.ray.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theApiDependsOnNothingBehindIt =
      noClasses()
          .that()
          .resideInAPackage("dev.geneva.ray")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.geneva.ray.internal..", "dev.geneva.internal..");

  @ArchTest
  static final ArchRule onlyTheDriverTouchesRay =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.geneva.ray.internal.driver")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.ray..");

  @ArchTest
  static final ArchRule theApplicationsSideKnowsNothingOfDriverAndWorkers =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.geneva.ray.internal.driver", "dev.geneva.ray.internal.actor")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.geneva.ray.internal.driver", "dev.geneva.ray.internal.actor");

  /** Ray's own SLF4J, which comes first in a worker, is 1.7. */
  @ArchTest
  static final ArchRule nobodyUsesTheFluentMethodsOfSlf4j =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.slf4j.spi..");

  @ArchTest
  static final ArchRule nobodyDeserialisesJavaObjects =
      noClasses().should().dependOnClassesThat().areAssignableTo(java.io.ObjectInputStream.class);

  @ArchTest
  static final ArchRule nobodyWritesToTheConsole =
      GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  @ArchTest
  static final ArchRule whatIsNotApiIsInternal =
      classes()
          .that()
          .resideInAPackage("dev.geneva.ray..")
          .should()
          .resideInAnyPackage("dev.geneva.ray", "dev.geneva.ray.internal..");
}
