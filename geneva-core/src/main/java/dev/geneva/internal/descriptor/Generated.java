package dev.geneva.internal.descriptor;

import dev.geneva.InvalidDefinitionException;
import dev.geneva.udtf.ArrowRecordConverter;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.GeneratedNames;
import dev.geneva.udtf.UdtfDescriptor;
import java.lang.reflect.InvocationTargetException;

/** Loads generated classes. Each is made once and kept as long as its class. Thread-safe. */
public final class Generated {

  private static final String PROCESSOR_HINT =
      """
      The annotation processor has to run when it is compiled. In Maven:

        <plugin>
          <artifactId>maven-compiler-plugin</artifactId>
          <configuration>
            <annotationProcessorPaths>
              <path>
                <groupId>dev.geneva</groupId>
                <artifactId>geneva-udtf-processor</artifactId>
                <version>${geneva.version}</version>
              </path>
            </annotationProcessorPaths>
          </configuration>
        </plugin>

      Since JDK 23 javac no longer runs processors that it merely finds on the class path; it needs
      the processor path, as above, or -proc:full.""";

  private static final ClassValue<UdtfDescriptor<?>> DESCRIPTORS =
      new ClassValue<>() {
        @Override
        protected UdtfDescriptor<?> computeValue(Class<?> type) {
          return load(
              type, GeneratedNames.descriptorOf(type.getName()), UdtfDescriptor.class, "@Udtf");
        }
      };

  private static final ClassValue<ArrowRecordConverter<?>> CONVERTERS =
      new ClassValue<>() {
        @Override
        protected ArrowRecordConverter<?> computeValue(Class<?> type) {
          return load(
              type,
              GeneratedNames.converterOf(type.getName()),
              ArrowRecordConverter.class,
              "@ArrowRecord");
        }
      };

  private Generated() {}

  /**
   * The descriptor of a function's class.
   *
   * @throws InvalidDefinitionException if there is none; the message says how to get one
   */
  @SuppressWarnings("unchecked") // the generated class for U implements UdtfDescriptor<U>
  public static <U extends BatchUdtf> UdtfDescriptor<U> descriptor(Class<? extends U> type) {
    return (UdtfDescriptor<U>) DESCRIPTORS.get(type);
  }

  /**
   * The converter of a record.
   *
   * @throws InvalidDefinitionException if there is none; the message says how to get one
   */
  @SuppressWarnings("unchecked") // the generated class for R implements ArrowRecordConverter<R>
  public static <R extends Record> ArrowRecordConverter<R> converter(Class<? extends R> type) {
    return (ArrowRecordConverter<R>) CONVERTERS.get(type);
  }

  private static <T> T load(Class<?> beside, String name, Class<T> type, String annotation) {
    try {
      return type.cast(
          Class.forName(name, true, beside.getClassLoader())
              .getDeclaredConstructor()
              .newInstance());
    } catch (ClassNotFoundException e) {
      throw new InvalidDefinitionException(
          "%s has no %s: it isn't annotated with %s, or was compiled without the processor. %s"
              .formatted(beside.getName(), name, annotation, PROCESSOR_HINT),
          e);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new InvalidDefinitionException(name + " can't be made: " + cause, cause);
    } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
      throw new InvalidDefinitionException(
          name + " isn't what the processor generates; compile anew: " + e, e);
    }
  }
}
