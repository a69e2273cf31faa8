package dev.geneva.udtf;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a function without running it. The annotation processor generates one beside
 * each {@link Udtf}; one may also be written by hand, beside a class and under the name that {@link
 * GeneratedNames#descriptorOf} gives, with a public constructor without parameters.
 *
 * <p>Implementations are immutable and thread-safe.
 *
 * @param <U> the function's class
 */
public interface UdtfDescriptor<U extends BatchUdtf> {

  /** The function's class. */
  Class<U> udtfClass();

  /**
   * The class that holds the function's code, from which its default version is digested: {@link
   * #udtfClass()}, but for a static method the class that declares it.
   */
  default Class<?> codeClass() {
    return udtfClass();
  }

  /** The function's name. */
  String name();

  /** The declared version; empty for a digest of the compiled class and its nest mates. */
  String version();

  /** The schema of every batch that the function yields. */
  Schema outputSchema();

  /** The columns that are read and visible; empty for all. */
  List<String> inputColumns();

  /** How the source is split into calls. */
  Partitioning partitioning();

  /** What a call asks for. */
  Resources resources();

  /** What happens when a call throws. */
  ErrorPolicy errorPolicy();

  /** The parameters, in the order of {@link #parameterValues} and {@link #create}. */
  List<UdtfParameter> parameters();

  /**
   * The values of the parameters of an instance.
   *
   * @param udtf an instance of {@link #udtfClass()}
   * @return one value for each of {@link #parameters()}, in order; null where one is nullable
   */
  List<@Nullable Object> parameterValues(U udtf);

  /**
   * Makes an instance.
   *
   * @param values one value for each of {@link #parameters()}, in order and of its type
   */
  U create(List<? extends @Nullable Object> values);
}
