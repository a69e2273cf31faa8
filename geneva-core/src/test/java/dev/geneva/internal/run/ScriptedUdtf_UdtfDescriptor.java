package dev.geneva.internal.run;

import dev.geneva.internal.fixture.IdRows;
import dev.geneva.udtf.ErrorPolicy;
import dev.geneva.udtf.Partitioning;
import dev.geneva.udtf.Resources;
import dev.geneva.udtf.UdtfDescriptor;
import dev.geneva.udtf.UdtfParameter;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** By hand, as its policy is another one in each test. */
public final class ScriptedUdtf_UdtfDescriptor implements UdtfDescriptor<ScriptedUdtf> {

  /** For the library, which finds it by its name. */
  public ScriptedUdtf_UdtfDescriptor() {}

  @Override
  public Class<ScriptedUdtf> udtfClass() {
    return ScriptedUdtf.class;
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public Schema outputSchema() {
    return IdRows.SCHEMA;
  }

  @Override
  public List<String> inputColumns() {
    return List.of();
  }

  @Override
  public Partitioning partitioning() {
    return Partitioning.none();
  }

  @Override
  public Resources resources() {
    return Resources.ofDefaults();
  }

  @Override
  public ErrorPolicy errorPolicy() {
    return ScriptedUdtf.policy();
  }

  @Override
  public List<UdtfParameter> parameters() {
    return List.of();
  }

  @Override
  public List<@Nullable Object> parameterValues(ScriptedUdtf udtf) {
    return List.of();
  }

  @Override
  public ScriptedUdtf create(List<? extends @Nullable Object> values) {
    return new ScriptedUdtf();
  }
}
