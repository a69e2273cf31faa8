package dev.geneva.udtf.processor.generate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.geneva.udtf.processor.model.ErrorRuleModel;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The expression for a function's error policy. */
final class ErrorPolicyCode {

  private static final ClassName POLICY = ClassName.get("dev.geneva.udtf", "ErrorPolicy");
  private static final ClassName RULE = ClassName.get("dev.geneva.udtf", "ErrorRule");
  private static final ClassName BACKOFF = ClassName.get("dev.geneva.udtf", "Backoff");

  private ErrorPolicyCode() {}

  static CodeBlock of(List<ErrorRuleModel> rules) {
    if (rules.isEmpty()) {
      return CodeBlock.of("$T.failFast()", POLICY);
    }
    CodeBlock.Builder policy = CodeBlock.builder().add("$T.builder()", POLICY);
    for (ErrorRuleModel rule : rules) {
      policy.add("\n.on($L)", of(rule));
    }
    return policy.add("\n.build()").build();
  }

  private static CodeBlock of(ErrorRuleModel rule) {
    CodeBlock.Builder code =
        CodeBlock.builder()
            .add(
                "$T.$L($L)",
                RULE,
                rule.action().toLowerCase(Locale.ROOT),
                rule.errors().stream()
                    .map(error -> CodeBlock.of("$T.class", error))
                    .collect(CodeBlock.joining(", ")));
    if (!rule.match().isEmpty()) {
      code.add(".withMatch($S)", rule.match());
    }
    if (rule.action().equals("RETRY")) {
      code.add(".withMaxAttempts($L)", rule.maxAttempts());
      code.add(
          ".withBackoff($T.$L, $L, $L, $L)",
          BACKOFF,
          rule.backoff(),
          of(rule.delay()),
          of(rule.maxDelay()),
          rule.jitter());
    }
    if (rule.action().equals("SKIP")) {
      code.add(".withSkipLimits($L, $L)", rule.maxSkipCount(), rule.maxSkipFraction());
    }
    return code.build();
  }

  private static CodeBlock of(Duration duration) {
    if (duration.toNanosPart() == 0) {
      return CodeBlock.of("$T.ofSeconds($L)", Duration.class, duration.toSeconds());
    }
    return duration.toNanos() % 1_000_000 == 0
        ? CodeBlock.of("$T.ofMillis($L)", Duration.class, duration.toMillis())
        : CodeBlock.of("$T.ofNanos($LL)", Duration.class, duration.toNanos());
  }
}
