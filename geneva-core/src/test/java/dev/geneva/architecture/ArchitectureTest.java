package dev.geneva.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.List;

@AnalyzeClasses(packages = "dev.geneva", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** The packages in the order in which a refresh goes through them, the last first. */
  private static final List<String> STAGES =
      List.of("connect", "refresh", "commit", "run", "plan", "inspect");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.geneva.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theApiDependsOnNothingBehindIt =
      noClasses()
          .that()
          .resideInAnyPackage("dev.geneva", "dev.geneva.udtf..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.geneva.internal..");

  @ArchTest
  static final ArchRule theAuthoringApiKnowsNoConnections =
      noClasses()
          .that()
          .resideInAPackage("dev.geneva.udtf..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.geneva..").and(resideOutsideOfPackage("dev.geneva.udtf..")));

  @ArchTest
  static final ArchRule onePackageTouchesLance =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.geneva.internal.lance")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.lance..");

  @ArchTest
  static final ArchRule onePackageTouchesOpenDal =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.geneva.internal.store")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.opendal..");

  @ArchTest
  static final ArchRule onePackageMapsJson =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.geneva.internal.json")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(com.fasterxml.jackson.databind.ObjectMapper.class);

  @ArchTest
  static final ArchRule onePackageLocksFiles =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.geneva.internal.lock")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(java.nio.channels.FileLock.class);

  @ArchTest
  static final ArchRule onePackageReadsClassFiles =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.geneva.internal.digest")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.objectweb.asm..");

  @ArchTest
  static final ArchRule nobodyDeserialisesJavaObjects =
      noClasses().should().dependOnClassesThat().areAssignableTo(java.io.ObjectInputStream.class);

  @ArchTest
  static final ArchRule nobodyWritesToTheConsole =
      GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  @ArchTest
  static final ArchRule nobodyLogsOtherThanBySlf4j =
      GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

  @ArchTest
  static final ArchRule whatIsNotApiIsInternal =
      classes()
          .that()
          .resideInAPackage("dev.geneva..")
          .should()
          .resideInAnyPackage("dev.geneva", "dev.geneva.udtf..", "dev.geneva.internal..");

  @ArchTest
  static void noStageKnowsALaterOne(com.tngtech.archunit.core.domain.JavaClasses all) {
    for (int later = 0; later < STAGES.size(); later++) {
      for (int earlier = later + 1; earlier < STAGES.size(); earlier++) {
        noClasses()
            .that()
            .resideInAPackage("dev.geneva.internal." + STAGES.get(earlier))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.geneva.internal." + STAGES.get(later))
            .check(all);
      }
    }
  }
}
