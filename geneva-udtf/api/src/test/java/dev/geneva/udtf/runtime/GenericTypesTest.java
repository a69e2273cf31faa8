package dev.geneva.udtf.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is made equals what reflection makes. */
class GenericTypesTest {

  private record Reflected(
      Map<String, List<int[]>> map, List<String>[] array, Map.Entry<String, String> inner) {}

  private static void assertAlike(Type made, int component) {
    Type reflected = Reflected.class.getRecordComponents()[component].getGenericType();
    assertThat(made).isEqualTo(reflected).hasSameHashCodeAs(reflected);
    assertThat(reflected).isEqualTo(made);
  }

  @Test
  void typeWithArgumentsEqualsThatOfReflection() {
    Type made = GenericTypes.of(Map.class, String.class, GenericTypes.of(List.class, int[].class));

    assertAlike(made, 0);
    assertThat(made).hasToString("java.util.Map<java.lang.String, java.util.List<int[]>>");
  }

  @Test
  void arrayEqualsThatOfReflection() {
    assertAlike(GenericTypes.arrayOf(GenericTypes.of(List.class, String.class)), 1);
  }

  @Test
  void nestedClassEqualsThatOfReflection() {
    assertAlike(GenericTypes.of(Map.Entry.class, String.class, String.class), 2);
  }
}
