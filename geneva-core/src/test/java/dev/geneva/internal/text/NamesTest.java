package dev.geneva.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.InvalidDefinitionException;
import java.nio.file.Path;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "_", "7", "flags", "a.b-c_d", "A..b", "a-", "con"})
  void lettersDigitsAndSomePunctuationAreLegal(String name) {
    assertThat(Names.legal(name)).isEqualTo(name);
  }

  @Test
  void twoHundredCharactersAreLegalAndOneMoreIsNot() {
    String longest = "x".repeat(200);

    assertThat(Names.legal(longest)).isEqualTo(longest);
    assertThatThrownBy(() -> Names.legal(longest + "x"))
        .isInstanceOf(InvalidDefinitionException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", ".", "..", "-a", ".hidden", "a/b", "../a", "a\\b", "a b", "ä", "a\u0000", "a\n",
        "a'b", "a`b", "a$b", "a:b", "*", "٣"
      })
  void everythingElseIsRefused(String name) {
    assertThatThrownBy(() -> Names.legal(name))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(
            "'"
                + name
                + "' can't be a table's name: 1 to 200 letters, digits, '_', '-' and '.', beginning"
                + " with a letter, a digit or '_'.");
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void aLegalNameIsOneFileInItsFolder(@ForAll String name) {
    String legal;
    try {
      legal = Names.legal(name);
    } catch (InvalidDefinitionException e) {
      return;
    }
    Path folder = Path.of("/data/db");
    Path file = folder.resolve(legal + ".lance").normalize();
    assertThat(file.getParent()).isEqualTo(folder);
    assertThat(file.getFileName().toString()).isEqualTo(legal + ".lance");
  }
}
