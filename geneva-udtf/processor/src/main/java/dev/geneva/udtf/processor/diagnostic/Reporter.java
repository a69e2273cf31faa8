package dev.geneva.udtf.processor.diagnostic;

import javax.annotation.processing.Messager;

/** Passes diagnostics on to the compiler. */
public final class Reporter {

  private final Messager messager;
  private int errors;

  /** A reporter for one compilation. */
  public Reporter(Messager messager) {
    this.messager = messager;
  }

  /**
   * Reports a diagnostic.
   *
   * @param arguments what the message and then the hint say about
   */
  public void report(Diagnostic diagnostic, Site site, Object... arguments) {
    if (diagnostic.isError()) {
      errors++;
    }
    String text = diagnostic.text(arguments);
    // Eclipse loses the element's place if it is given an annotation that is null.
    if (site.annotation() == null) {
      messager.printMessage(diagnostic.kind(), text, site.element());
    } else if (site.value() == null) {
      messager.printMessage(diagnostic.kind(), text, site.element(), site.annotation());
    } else {
      messager.printMessage(
          diagnostic.kind(), text, site.element(), site.annotation(), site.value());
    }
  }

  /** How many errors there have been; a stage that leaves it unchanged has succeeded. */
  public int errors() {
    return errors;
  }
}
