package dev.geneva.udtf;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a batch user-defined table function: N rows in, M rows out, any schema.
 *
 * <p>Goes on a record or class that implements {@link BatchUdtf}, or on a static method {@code
 * (UdtfSource, BatchCollector, parameters…)}. The annotation processor {@code
 * geneva-udtf-processor} turns it into a {@link UdtfDescriptor}, without which the function can't
 * be used. Exactly one of {@link #output} and {@link #outputSchema} is set.
 *
 * <pre>{@code
 * @Udtf(output = PHashDedupe.Assignment.class, inputColumns = {"row_id", "phash"}, memory = "8 GiB")
 * public record PHashDedupe(int threshold) implements BatchUdtf {
 *   public record Assignment(long rowId, long clusterId, boolean isDuplicate) {}
 *
 *   @Override
 *   public void process(UdtfSource source, BatchCollector out) throws Exception { … }
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Udtf {

  /**
   * The function's name, by which a view recognises it; default: the binary name of the class, for
   * a method followed by {@code #} and the method's name.
   */
  String name() default "";

  /**
   * The function's version: a view is computed anew when it changes. Default: a digest of the
   * compiled class and its nest mates, so any change of code is a new version.
   */
  String version() default "";

  /** The record whose components are the output's columns, in order. */
  Class<?> output() default void.class;

  /**
   * The name of a static field or a static method without parameters, of this class and of type
   * {@link org.apache.arrow.vector.types.pojo.Schema}: the output schema, for what a record can't
   * say.
   */
  String outputSchema() default "";

  /** The source's columns that are read and visible, in this order; default: all. */
  String[] inputColumns() default {};

  /**
   * The column of the source whose equal values form a partition; each partition is one call.
   * Excludes {@link #partitionByIndexedColumn}.
   */
  String partitionBy() default "";

  /**
   * The column of the source whose IVF vector index forms the partitions. Excludes {@link
   * #partitionBy}.
   */
  String partitionByIndexedColumn() default "";

  /** CPUs that one call asks for; a fraction is allowed. */
  double numCpus() default 1.0;

  /** GPUs that one call asks for; a fraction is allowed. */
  double numGpus() default 0.0;

  /**
   * Memory that one call asks for, and the limit of {@link UdtfSource#allocator()}, such as {@code
   * "8 GiB"} or {@code "512 MB"}; default: not limited.
   */
  String memory() default "";

  /**
   * What happens when a call throws: the first rule that matches decides, and what none matches
   * fails the refresh.
   */
  OnError[] onError() default {};
}
