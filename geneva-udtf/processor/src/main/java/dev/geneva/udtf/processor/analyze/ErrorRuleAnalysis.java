package dev.geneva.udtf.processor.analyze;

import com.palantir.javapoet.TypeName;
import dev.geneva.udtf.processor.diagnostic.Diagnostic;
import dev.geneva.udtf.processor.diagnostic.Reporter;
import dev.geneva.udtf.processor.model.ErrorRuleModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** From {@code @OnError} to rules. */
final class ErrorRuleAnalysis {

  private static final List<String> FOR_RETRY =
      List.of("maxAttempts", "backoff", "delay", "maxDelay", "jitter");
  private static final List<String> FOR_SKIP = List.of("maxSkipCount", "maxSkipFraction");

  private final Reporter reporter;

  ErrorRuleAnalysis(Reporter reporter) {
    this.reporter = reporter;
  }

  List<ErrorRuleModel> analyze(List<MirroredAnnotation> annotations) {
    List<ErrorRuleModel> rules = new ArrayList<>();
    Optional<String> final_ = Optional.empty();
    for (MirroredAnnotation annotation : annotations) {
      ErrorRuleModel rule = rule(annotation);
      if (final_.isPresent()) {
        reporter.report(Diagnostic.UNREACHABLE_RULE, annotation.site(), final_.get());
      } else if (endsTheList(rule)) {
        final_ = Optional.of(rule.action());
      }
      rules.add(rule);
    }
    return rules;
  }

  /** A retry isn't the end: once it is used up, the rules after it are tried. */
  private static boolean endsTheList(ErrorRuleModel rule) {
    return !rule.action().equals("RETRY")
        && rule.match().isEmpty()
        && rule.errors().stream().anyMatch(TypeName.get(Throwable.class)::equals);
  }

  private ErrorRuleModel rule(MirroredAnnotation annotation) {
    String action = annotation.constant("then");
    if (!action.equals("RETRY")) {
      checkEffect(annotation, FOR_RETRY, action, "RETRY");
    }
    if (!action.equals("SKIP")) {
      checkEffect(annotation, FOR_SKIP, action, "SKIP");
    }
    checkPattern(annotation);
    int maxAttempts = annotation.integer("maxAttempts");
    if (maxAttempts < 1) {
      reporter.report(Diagnostic.INVALID_ATTEMPTS, annotation.site("maxAttempts"), maxAttempts);
    }
    int maxSkipCount = annotation.integer("maxSkipCount");
    if (maxSkipCount < -1) {
      reporter.report(
          Diagnostic.INVALID_SKIP_LIMIT,
          annotation.site("maxSkipCount"),
          "maxSkipCount",
          maxSkipCount,
          "-1 or more");
    }
    double maxSkipFraction = annotation.number("maxSkipFraction");
    if (!(maxSkipFraction >= 0 && maxSkipFraction <= 1)) {
      reporter.report(
          Diagnostic.INVALID_SKIP_LIMIT,
          annotation.site("maxSkipFraction"),
          "maxSkipFraction",
          maxSkipFraction,
          "between 0 and 1");
    }
    return new ErrorRuleModel(
        errors(annotation),
        annotation.text("match"),
        action,
        maxAttempts,
        annotation.constant("backoff"),
        duration(annotation, "delay"),
        duration(annotation, "maxDelay"),
        annotation.flag("jitter"),
        maxSkipCount,
        maxSkipFraction);
  }

  private void checkEffect(
      MirroredAnnotation annotation, List<String> members, String action, String neededAction) {
    for (String member : members) {
      if (annotation.isSet(member)) {
        reporter.report(
            Diagnostic.SETTING_WITHOUT_EFFECT,
            annotation.site(member),
            member,
            action,
            neededAction);
      }
    }
  }

  private void checkPattern(MirroredAnnotation annotation) {
    String match = annotation.text("match");
    try {
      Pattern.compile(match);
    } catch (PatternSyntaxException e) {
      reporter.report(
          Diagnostic.INVALID_PATTERN, annotation.site("match"), match, e.getDescription());
    }
  }

  private static List<TypeName> errors(MirroredAnnotation annotation) {
    List<TypeName> errors = new ArrayList<>();
    for (AnnotationValue value : annotation.array("error")) {
      if (!(value.getValue() instanceof TypeMirror type) || type.getKind() == TypeKind.ERROR) {
        throw new UnresolvedTypeException("error of @OnError");
      }
      errors.add(TypeName.get(type));
    }
    return errors;
  }

  private Duration duration(MirroredAnnotation annotation, String member) {
    String text = annotation.text(member);
    try {
      return Quantity.duration(text);
    } catch (Quantity.UnreadableException e) {
      reporter.report(
          Diagnostic.UNREADABLE_DURATION, annotation.site(member), member, text, e.reason());
      return Duration.ZERO;
    }
  }
}
