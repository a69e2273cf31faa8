package dev.geneva.internal.store;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps secrets out of what is shown. Errors of stores repeat requests, and requests may hold a key
 * or a signature.
 */
public final class Redaction {

  private static final String HIDDEN = "***";

  /** Shorter ones are words of every message, and no secrets. */
  private static final int SHORTEST = 8;

  /** The secrets that this process was given. They stay, as it may still talk about them. */
  private static final Set<String> SECRETS = ConcurrentHashMap.newKeySet();

  /** Parts of signed requests, of which stores tell in errors. */
  private static final Pattern SIGNED =
      Pattern.compile(
          "(?i)((?:[?&;]|\\b)(?:sig|signature|x-amz-signature|x-amz-credential|"
              + "x-amz-security-token|x-goog-signature|access_token)=)[^&\\s\"')<>]+"
              + "|(<(?:AWSAccessKeyId|StringToSign|SignatureProvided|CanonicalRequest)>)[^<]*");

  private Redaction() {}

  /** Takes secrets that are never to be shown. */
  static void register(Stream<String> secrets) {
    secrets.filter(secret -> secret.length() >= SHORTEST).forEach(SECRETS::add);
  }

  /** A text without the secrets in it. */
  public static String of(String text) {
    String redacted =
        SIGNED
            .matcher(text)
            .replaceAll(
                found ->
                    (found.group(1) == null ? found.group(2) : found.group(1))
                        + java.util.regex.Matcher.quoteReplacement(HIDDEN));
    for (String secret : SECRETS) {
      redacted = redacted.replace(secret, HIDDEN);
    }
    return redacted;
  }

  /** An error as the cause of another: itself, unless it or what caused it shows a secret. */
  public static Throwable cause(Throwable error) {
    for (Throwable shown = error; shown != null; shown = shown.getCause()) {
      String text = shown.toString();
      if (!of(text).equals(text)) {
        RedactedException redacted = new RedactedException(of(error.toString()));
        redacted.setStackTrace(error.getStackTrace());
        return redacted;
      }
    }
    return error;
  }

  /** Stands for an error that shows a secret. */
  private static final class RedactedException extends Exception {
    private static final long serialVersionUID = 1L;

    RedactedException(String message) {
      super(message);
    }
  }
}
