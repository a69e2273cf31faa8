package dev.geneva.udtf;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** One rule of {@link Udtf#onError}; the same as a value is {@link ErrorRule}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface OnError {

  /** The rule is for these exceptions and their subclasses, thrown or somewhere in the causes. */
  Class<? extends Throwable>[] error() default Throwable.class;

  /** A regular expression found in the message of the exception that matched; default: any. */
  String match() default "";

  /** What happens. */
  ErrorAction then();

  /** For {@link ErrorAction#RETRY}: calls in all, the first included. */
  int maxAttempts() default 3;

  /** For {@link ErrorAction#RETRY}: how the wait grows. */
  Backoff backoff() default Backoff.EXPONENTIAL;

  /** For {@link ErrorAction#RETRY}: the first wait, such as {@code "1 s"} or {@code "250 ms"}. */
  String delay() default "1 s";

  /** For {@link ErrorAction#RETRY}: the longest wait. */
  String maxDelay() default "60 s";

  /** For {@link ErrorAction#RETRY}: whether each wait is drawn from between half of it and it. */
  boolean jitter() default true;

  /** For {@link ErrorAction#SKIP}: more partitions than this fail the refresh; -1: no limit. */
  int maxSkipCount() default -1;

  /** For {@link ErrorAction#SKIP}: a larger share of the partitions than this fails the refresh. */
  double maxSkipFraction() default 1.0;
}
