package dev.geneva.udtf.processor.analyze;

import dev.geneva.udtf.GeneratedNames;
import dev.geneva.udtf.processor.diagnostic.Diagnostic;
import dev.geneva.udtf.processor.diagnostic.Site;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;

/**
 * The records that need a converter: those annotated, and those that a function or another record
 * needs. A record of another compilation must have its converter already: JDKs before 22 don't show
 * a processor the {@code @Nullable} in a class file, so it couldn't be generated from there.
 */
public final class RequiredRecords {

  private final Compiler compiler;
  private final Set<String> sources = new HashSet<>();
  private final Set<String> seen = new HashSet<>();
  private final Deque<String> pending = new ArrayDeque<>();
  private final List<String> postponed = new ArrayList<>();

  /** For one compilation. */
  public RequiredRecords(Compiler compiler) {
    this.compiler = compiler;
  }

  /** Begins a round with the sources that it has. */
  public void beginRound(Set<? extends Element> roots) {
    pending.addAll(postponed);
    postponed.clear();
    for (Element root : roots) {
      if (root instanceof TypeElement type) {
        sources.add(type.getQualifiedName().toString());
      }
    }
  }

  /**
   * Asks for the converter of a record.
   *
   * @param site what needs it
   * @param needer the function or record that needs it
   * @return whether there is or will be one; if not, that has been reported
   */
  public boolean require(TypeElement type, Site site, Element needer) {
    String name = type.getQualifiedName().toString();
    if (sources.contains(Compiler.outermost(type).getQualifiedName().toString())) {
      Optional<TypeElement> hidden = Compiler.privatePart(type);
      if (hidden.isPresent()) {
        compiler
            .reporter()
            .report(Diagnostic.INACCESSIBLE_TYPE, site, hidden.get().getSimpleName());
        return false;
      }
      if (seen.add(name)) {
        pending.add(name);
      }
      return true;
    }
    String converter = GeneratedNames.converterOf(compiler.binaryName(type));
    if (compiler.elements().getTypeElement(converter) == null) {
      compiler
          .reporter()
          .report(
              Diagnostic.RECORD_NOT_IN_THIS_COMPILATION,
              site,
              type.getSimpleName(),
              needer.getSimpleName());
      return false;
    }
    return true;
  }

  /** Asks for the converter of an annotated type, if it is a record. */
  public void requireAnnotated(TypeElement type) {
    MirroredAnnotation annotation =
        MirroredAnnotation.find(type, Annotations.ARROW_RECORD).orElseThrow();
    if (type.getKind() == ElementKind.RECORD) {
      require(type, annotation.site(), type);
    } else {
      compiler
          .reporter()
          .report(Diagnostic.NOT_A_RECORD, annotation.site(), type.getSimpleName(), Kinds.of(type));
    }
  }

  /** Has a record come up again in the next round. */
  public void postpone(TypeElement type) {
    postponed.add(type.getQualifiedName().toString());
  }

  /** The next record to generate a converter for; empty if there is none in this round. */
  public Optional<TypeElement> next() {
    return Optional.ofNullable(pending.poll()).map(compiler.elements()::getTypeElement);
  }
}
