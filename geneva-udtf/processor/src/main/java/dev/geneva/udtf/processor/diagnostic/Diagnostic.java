package dev.geneva.udtf.processor.diagnostic;

import java.util.Locale;
import javax.tools.Diagnostic.Kind;

/**
 * All that the processor may have to say. Each is explained, with an example and a fix, in {@code
 * docs/diagnostics.md} under its {@link #id}.
 */
public enum Diagnostic {
  // Where @Udtf stands.
  UDTF_ON_WRONG_KIND(
      "@Udtf doesn't go on %s, which is %s",
      "Put it on a record or a class that implements BatchUdtf, or on a static method (UdtfSource, BatchCollector, parameters…)"),
  NOT_A_BATCH_UDTF(
      "%s is annotated with @Udtf, but doesn't implement BatchUdtf",
      "Add 'implements BatchUdtf' and the method process(UdtfSource, BatchCollector)"),
  INACCESSIBLE_TYPE(
      "%s is private, so generated code in its package can't use it",
      "Make it package-private or public"),
  INNER_CLASS(
      "%s is an inner class, so there is no instance of it without one of %s", "Make it static"),
  GENERIC_TYPE(
      "%s has type parameters, which are unknown when the function runs",
      "Write a class or record for each type that you use it with"),

  // Its parameters.
  CONSTRUCTOR_NOT_UNIQUE(
      "%s has %s public constructors, but its one public constructor declares the parameters",
      "Leave one constructor public; the others may be package-private or static methods"),
  PARAMETER_WITHOUT_ACCESSOR(
      "parameter '%s' of the constructor of %s has no accessor, so its value can't be stored with a view",
      "%sAdd a method '%s %s()' that returns what the constructor was given, or make %s a record"),
  PARAMETER_NOT_JSON(
      "parameter '%s' has type %s, which can't be stored with a view as JSON: %s", "%s"),
  INACCESSIBLE_PARAMETER_TYPE(
      "parameter '%s' has type %s, which is private, so generated code can't use it",
      "Make the type package-private or public"),
  NULLABLE_PRIMITIVE(
      "@Nullable on %s says nothing: a primitive is never null",
      "Write '%s' for a value that may be null"),

  // The function form.
  FUNCTION_NOT_STATIC(
      "method %s is annotated with @Udtf, but isn't static",
      "Make it static, or write a record that implements BatchUdtf"),
  INACCESSIBLE_FUNCTION(
      "method %s is private, so generated code can't call it", "Make it package-private or public"),
  GENERIC_FUNCTION(
      "method %s has type parameters, which are unknown when the function runs",
      "Write a method for each type that you use it with"),
  FUNCTION_RETURNS_VALUE(
      "method %s returns %s, which nobody would see",
      "Make it void, and yield the output through the BatchCollector"),
  FUNCTION_WITHOUT_SOURCE_AND_COLLECTOR(
      "method %s doesn't begin with the parameters (UdtfSource, BatchCollector), but with (%s)",
      "Declare it as 'static void %s(UdtfSource source, BatchCollector out, parameters…)'"),
  FUNCTION_NAME_TAKEN(
      "method %s clashes with %s, since both would become %s", "Give one of them another name"),
  RESERVED_PARAMETER_NAME(
      "parameter '%s' can't have this name, since it is that of a method that every function has",
      "Give it another name"),

  // What comes out.
  NO_OUTPUT(
      "%s sets neither output nor outputSchema",
      "Set 'output' to a record whose components are the output's columns"),
  BOTH_OUTPUTS(
      "%s sets both output and outputSchema",
      "Keep 'output' if a record can say the schema, else 'outputSchema'"),
  OUTPUT_NOT_A_RECORD(
      "output of %s is %s, which isn't a record",
      "Declare a record whose components are the output's columns"),
  UNKNOWN_OUTPUT_SCHEMA(
      "outputSchema of %s is '%s', but %s has no such field or method",
      "%sDeclare 'static final Schema %s = …' in %s"),
  UNUSABLE_OUTPUT_SCHEMA(
      "outputSchema of %s is '%s', which %s",
      "It must be a static field, or a static method without parameters, of type org.apache.arrow.vector.types.pojo.Schema, and not private"),

  // What goes in, and how it is split.
  BOTH_PARTITION_OPTIONS(
      "%s sets both partitionBy and partitionByIndexedColumn",
      "Keep partitionBy to have a call for each value of a column, partitionByIndexedColumn for each partition of its vector index"),
  BLANK_COLUMN(
      "%s names a column that is blank",
      "Name the column as the table does, or leave the setting out"),
  DUPLICATE_INPUT_COLUMN("inputColumns of %s names '%s' twice", "Remove one of them"),

  // What it asks for.
  UNREADABLE_MEMORY(
      "memory is \"%s\", which %s",
      "Write a number and a unit (B, kB, MB, GB, TB, KiB, MiB, GiB or TiB), such as \"8 GiB\""),
  CPUS_NOT_POSITIVE(
      "numCpus is %s, but must be a finite number greater than 0",
      "Leave it out for one CPU, or set a fraction such as 0.5"),
  GPUS_NEGATIVE("numGpus is %s, but must be a finite number, 0 or more", "Leave it out for no GPU"),

  // What happens on errors.
  UNREADABLE_DURATION(
      "%s is \"%s\", which %s", "Write a number and a unit (ms, s, min or h), such as \"250 ms\""),
  INVALID_PATTERN(
      "match is \"%s\", which isn't a regular expression: %s",
      "See java.util.regex.Pattern; a character with a meaning of its own is quoted by a backslash, in Java source \"\\\\\""),
  INVALID_ATTEMPTS(
      "maxAttempts is %s, but the first call counts", "Set 1 or more; 3 means at most two retries"),
  INVALID_SKIP_LIMIT("%s is %s, but must be %s", "Leave it out for no limit"),
  UNREACHABLE_RULE(
      Kind.WARNING,
      "this rule is never reached: the rule before it with then = %s is for every error",
      "Put the rule for every error last"),
  SETTING_WITHOUT_EFFECT(
      Kind.WARNING, "%s has no effect with then = %s", "Remove it; it is for then = %s"),

  // Records and their columns.
  NOT_A_RECORD(
      "@ArrowRecord doesn't go on %s, which is %s",
      "Make it a record: its components are the columns"),
  RECORD_WITHOUT_COMPONENTS(
      "record %s has no components, so there would be no columns",
      "Give it a component for each column"),
  RECORD_NOT_IN_THIS_COMPILATION(
      "record %s isn't compiled together with %s, and has no converter",
      "Annotate it with @ArrowRecord, and compile it with the processor"),
  RECURSIVE_RECORD(
      "record %s contains itself (%s), but an Arrow type has a fixed depth",
      "Store the reference to the other row as a column, such as its id"),
  NO_ARROW_TYPE("component '%s' has type %s, which has no Arrow type", "%s"),
  DUPLICATE_COLUMN(
      "component '%s' would be column '%s', which component '%s' already is",
      "Rename one of them, or name its column with @ArrowField(name = \"…\")"),
  MISPLACED_REFINEMENT("@%s doesn't go on %s", "It goes on %s"),
  SIZE_NOT_POSITIVE("@FixedSize(%s) is not a length", "Set the number of elements, 1 or more"),
  MISSING_DECIMAL(
      "component '%s' is a BigDecimal, whose Arrow type needs a precision and a scale",
      "Add '@Decimal(precision = 18, scale = 2)' with the digits in all, and those after the point"),
  INVALID_DECIMAL(
      "@Decimal(precision = %s, scale = %s) is no Arrow type",
      "Set precision to 1 to 76, and scale to 0 to the precision"),
  NULLABLE_MAP_KEY(
      "the keys of component '%s' are @Nullable, but an Arrow map has no null keys",
      "Remove @Nullable from the key"),

  // Generated code.
  GENERATED_NAME_TAKEN(
      "the class %s, which the processor would generate for %s, already exists",
      "Rename one of the classes");

  private final Kind kind;
  private final String message;
  private final String hint;

  Diagnostic(String message, String hint) {
    this(Kind.ERROR, message, hint);
  }

  Diagnostic(Kind kind, String message, String hint) {
    this.kind = kind;
    this.message = message;
    this.hint = hint;
  }

  /** The name by which the documentation explains it, such as {@code no-output}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it ends the compilation. */
  public boolean isError() {
    return kind == Kind.ERROR;
  }

  Kind kind() {
    return kind;
  }

  /** What is wrong and what to do, in two lines, with the id. */
  String text(Object... arguments) {
    return ("[geneva:" + id() + "] " + message + "\n  Hint: " + hint).formatted(arguments);
  }
}
