package dev.geneva.udtf.processor.model;

import com.palantir.javapoet.ClassName;

/** Where a function's output schema comes from. */
public sealed interface OutputModel {

  /**
   * The components of a record.
   *
   * @param converter the record's converter
   */
  record OfRecord(ClassName converter) implements OutputModel {}

  /**
   * A static field or method.
   *
   * @param owner the class that has it
   * @param member its name
   * @param isMethod whether it has to be called
   */
  record OfMember(ClassName owner, String member, boolean isMethod) implements OutputModel {}
}
