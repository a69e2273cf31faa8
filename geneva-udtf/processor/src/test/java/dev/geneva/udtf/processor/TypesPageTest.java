package dev.geneva.udtf.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.udtf.ArrowRecordConverter;
import dev.geneva.udtf.processor.fixture.CompiledSources;
import dev.geneva.udtf.processor.fixture.CompiledSources.Tool;
import dev.geneva.udtf.processor.fixture.TypesPage;
import dev.geneva.udtf.processor.fixture.TypesPage.NameRow;
import dev.geneva.udtf.processor.fixture.TypesPage.TypeRow;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code docs/types.md} says which column each component becomes. */
class TypesPageTest {

  private static final TypesPage PAGE = TypesPage.read(Path.of("..", "..", "docs"));

  @ParameterizedTest
  @EnumSource(Tool.class)
  void eachComponentHasTheTypeOfThePage(Tool tool, @TempDir Path folder) throws Exception {
    assertThat(PAGE.types()).hasSizeGreaterThan(40);
    List<TypeRow> actual = new ArrayList<>();
    for (Field field : columns(tool, folder, PAGE.typeSources(), PAGE.types().size())) {
      String component = PAGE.types().get(actual.size()).component();
      actual.add(new TypeRow(component, field.toString().replaceFirst("^x: ", "")));
    }
    assertThat(actual).isEqualTo(PAGE.types());
  }

  @ParameterizedTest
  @EnumSource(Tool.class)
  void eachComponentHasTheNameOfThePage(Tool tool, @TempDir Path folder) throws Exception {
    assertThat(PAGE.names()).isNotEmpty();
    List<NameRow> actual = new ArrayList<>();
    for (Field field : columns(tool, folder, PAGE.nameSources(), PAGE.names().size())) {
      actual.add(new NameRow(PAGE.names().get(actual.size()).component(), field.getName()));
    }
    assertThat(actual).isEqualTo(PAGE.names());
  }

  /** The one column of each record. */
  private static List<Field> columns(
      Tool tool, Path folder, Map<String, String> sources, int records) throws Exception {
    CompiledSources compiled = CompiledSources.compile(tool, folder, sources);
    assertThat(compiled.said()).isEmpty();
    List<Field> columns = new ArrayList<>();
    try (URLClassLoader loader = compiled.loader()) {
      for (int i = 0; i < records; i++) {
        ArrowRecordConverter<?> converter =
            (ArrowRecordConverter<?>)
                loader
                    .loadClass(TypesPage.className(i) + "_ArrowConverter")
                    .getConstructor()
                    .newInstance();
        columns.add(converter.schema().getFields().get(0));
      }
    }
    return columns;
  }
}
