package dev.geneva.internal.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DigestTest {

  @Test
  void itIsSha256OverLengthsAndValues() {
    assertThat(new Digest().hex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    // printf '\0\0\0\3abc' | sha256sum
    assertThat(new Digest().add("abc").hex())
        .isEqualTo("d04b72a650ce0f8ce4963330a53ee2832733d2baeffff3c1d8e256cca096d120");
  }

  @Test
  void whereAValueEndsMatters() {
    assertThat(new Digest().add("ab").add("c").hex())
        .isNotEqualTo(new Digest().add("a").add("bc").hex())
        .isNotEqualTo(new Digest().add("abc").hex())
        .isNotEqualTo(new Digest().add("ab").add("c").add("").hex());
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void equalSequencesAndOnlyThoseHaveEqualDigests(
      @ForAll @Size(max = 4) List<String> a, @ForAll @Size(max = 4) List<String> b) {
    assertThat(digest(a).equals(digest(b))).isEqualTo(a.equals(b));
    assertThat(digest(a)).isEqualTo(digest(List.copyOf(a))).matches("[0-9a-f]{64}");
  }

  private static String digest(List<String> values) {
    Digest digest = new Digest();
    values.forEach(digest::add);
    return digest.hex();
  }
}
