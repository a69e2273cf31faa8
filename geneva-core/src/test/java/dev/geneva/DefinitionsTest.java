package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Clusters and manifests, which the database stores; no engine is needed for that. */
class DefinitionsTest extends DatabaseTest {

  private static final Cluster CLUSTER =
      Cluster.at("http://head:8265").address("head:6379").classPath("/lib").java("/jdk").build();

  @Test
  void clusterIsThereForEveryConnectionUntilItIsDropped() {
    connection.defineCluster("prod", CLUSTER);
    connection.defineCluster("prod", CLUSTER); // again the same: nothing changes
    try (Connection other = Geneva.connect(database.toString())) {
      assertThat(other.clusterNames()).containsExactly("prod");
      assertThat(other.cluster("prod")).isEqualTo(CLUSTER);
    }
    assertThatThrownBy(
            () -> connection.defineCluster("prod", Cluster.at("http://other:8265").build()))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessageContaining("another cluster 'prod'; drop it first");
    connection.dropCluster("prod");
    assertThat(connection.clusterNames()).isEmpty();
    assertThatThrownBy(() -> connection.dropCluster("prod")).isInstanceOf(NotFoundException.class);
  }

  @Test
  void missingOnesAreNamed() {
    connection.defineCluster("prod", CLUSTER);
    assertThatThrownBy(() -> connection.cluster("prodd"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("No cluster 'prodd' is defined")
        .hasMessageContaining("prod");
    assertThatThrownBy(() -> connection.context("prod", "mine"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("No manifest 'mine' is defined");
  }

  @Test
  void manifestStoresItsJarsByTheirContent() throws IOException {
    Path jar = Files.writeString(folder.resolve("mine.jar"), "one");
    Manifest manifest =
        Manifest.builder().jar(jar).environment("A", "b").jvmOptions("-Xss4m").build();
    connection.defineManifest("mine", manifest);
    connection.defineManifest("also mine".replace(' ', '_'), manifest);
    Files.delete(jar);

    Manifest stored = connection.manifest("mine");
    assertThat(stored.environment()).isEqualTo(Map.of("A", "b"));
    assertThat(stored.jvmOptions()).containsExactly("-Xss4m");
    assertThat(stored.jars()).singleElement().extracting(Manifest.Jar::name).isEqualTo("mine.jar");
    assertThat(stored).isEqualTo(connection.manifest("also_mine"));
    assertThat(jars()).hasSize(1);

    connection.dropManifest("mine");
    assertThat(jars()).as("the other still has it").hasSize(1);
    connection.dropManifest("also_mine");
    assertThat(jars()).isEmpty();
    assertThat(connection.manifestNames()).isEmpty();
  }

  private List<Path> jars() throws IOException {
    try (Stream<Path> files = Files.list(database.resolve("_geneva").resolve("definitions"))) {
      return files.filter(file -> file.getFileName().toString().startsWith("jar-")).toList();
    }
  }

  @Test
  void mistakesAreSeenWhenTheyAreMade() {
    assertThatThrownBy(() -> Cluster.at("ray://head:10001").build())
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("like http://head:8265, not 'ray://head:10001'");
    assertThatThrownBy(() -> Cluster.at("http://head:8265").address("auto").build())
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("like head:6379, not 'auto'");
    assertThatThrownBy(() -> Cluster.at("http://head:8265").classPath("lib").build())
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("absolute paths");
    assertThatThrownBy(() -> Manifest.builder().jar(folder.resolve("no.jar")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("No jar at");
    assertThatThrownBy(() -> connection.defineCluster("../x", CLUSTER))
        .isInstanceOf(InvalidDefinitionException.class);
  }

  @Test
  void withoutTheRayModuleAContextSaysHowToAddIt() {
    assertThatThrownBy(() -> connection.localRayContext())
        .isInstanceOf(UnsupportedRuntimeException.class)
        .hasMessageContaining("<artifactId>geneva-ray</artifactId>");
    // It was never open, so another attempt finds the place free.
    assertThatThrownBy(() -> connection.localRayContext())
        .isInstanceOf(UnsupportedRuntimeException.class);
  }
}
