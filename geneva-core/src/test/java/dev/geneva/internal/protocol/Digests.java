package dev.geneva.internal.protocol;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Numbers that stand for states. */
final class Digests {

  private static final Pattern TIME = Pattern.compile("\"at\":\"[^\"]*\"");

  private Digests() {}

  /** Mixes a value in. */
  static long mix(long state, long value) {
    long mixed = (state ^ value) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    return mixed ^ (mixed >>> 29) + 1;
  }

  /** Of a text. */
  static long of(String text) {
    long digest = text.length();
    for (int i = 0; i < text.length(); i++) {
      digest = digest * 1_000_003 + text.charAt(i);
    }
    return digest;
  }

  /** Of a file beside or in the log, but for the times in it. */
  static long of(byte[] file) {
    String text = new String(file, StandardCharsets.UTF_8);
    return of(TIME.matcher(text.substring(text.indexOf('\n') + 1)).replaceAll(""));
  }
}
