package dev.geneva.udtf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GeneratedNamesTest {

  @Test
  void generatedClassesLieBesideTheirOriginWithTheNamesJoined() {
    assertThat(GeneratedNames.descriptorOf("com.acme.Outer$Dedupe"))
        .isEqualTo("com.acme.Outer_Dedupe_UdtfDescriptor");
    assertThat(GeneratedNames.converterOf("com.acme.Row")).isEqualTo("com.acme.Row_ArrowConverter");
    assertThat(GeneratedNames.converterOf("Row")).isEqualTo("Row_ArrowConverter");
    assertThat(GeneratedNames.functionsOf("com.acme.Outer$Stats"))
        .isEqualTo("com.acme.Outer_StatsUdtfs");
  }
}
