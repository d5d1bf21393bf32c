package dev.weir;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may know which. */
@AnalyzeClasses(packages = "dev.weir", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** The roles meet on the bus, never in code. */
  @ArchTest
  static final ArchRule ingressStandsAlone =
      noClasses()
          .that()
          .resideInAPackage("dev.weir.ingress..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.weir.balancer..", "dev.weir.upstream..", "dev.weir.health..");

  @ArchTest
  static final ArchRule balancerStandsAlone =
      noClasses()
          .that()
          .resideInAPackage("dev.weir.balancer..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.weir.ingress..", "dev.weir.upstream..", "dev.weir.health..");

  @ArchTest
  static final ArchRule upstreamStandsAlone =
      noClasses()
          .that()
          .resideInAPackage("dev.weir.upstream..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.weir.ingress..", "dev.weir.balancer..", "dev.weir.health..");

  @ArchTest
  static final ArchRule healthStandsAlone =
      noClasses()
          .that()
          .resideInAPackage("dev.weir.health..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.weir.ingress..", "dev.weir.balancer..", "dev.weir.upstream..");

  /** Algorithms take their surroundings as arguments. */
  @ArchTest
  static final ArchRule algorithmsKnowNoVertx =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.weir.balancer.policy..", "dev.weir.ingress.route..", "dev.weir.resilience..")
          .or()
          .haveFullyQualifiedName("dev.weir.announce.ReportedShares")
          .or()
          .haveFullyQualifiedName("dev.weir.health.RiseFall")
          .or()
          .haveFullyQualifiedName("dev.weir.cluster.Members")
          .or()
          .haveFullyQualifiedName("dev.weir.cluster.Rendezvous")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.netty..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.weir.(*)..").should().beFreeOfCycles();
}
