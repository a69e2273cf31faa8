package dev.geneva.udtf.processor.analyze;

/** The qualified names of the annotations that the processor knows. */
final class Annotations {

  static final String UDTF = "dev.geneva.udtf.Udtf";
  static final String ARROW_RECORD = "dev.geneva.udtf.ArrowRecord";
  static final String ARROW_FIELD = "dev.geneva.udtf.ArrowField";
  static final String FIXED_SIZE = "dev.geneva.udtf.FixedSize";
  static final String UNSIGNED = "dev.geneva.udtf.Unsigned";
  static final String HALF_FLOAT = "dev.geneva.udtf.HalfFloat";
  static final String DECIMAL = "dev.geneva.udtf.Decimal";
  static final String NULLABLE = "org.jspecify.annotations.Nullable";

  private Annotations() {}
}
