package dev.geneva.udtf.runtime;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Conversion between strings and UTF-8. */
final class Text {

  private Text() {}

  /**
   * Encodes a string.
   *
   * @throws IllegalArgumentException if it holds half a surrogate pair, which {@link
   *     String#getBytes} would silently replace by a question mark
   */
  static byte[] encode(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return encodeStrictly(text);
      }
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] encodeStrictly(String text) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] encoded = new byte[bytes.remaining()];
      bytes.get(encoded);
      return encoded;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "holds a string with half a surrogate pair, which UTF-8 can't say", e);
    }
  }

  /** The constant of a name. */
  static <E extends Enum<E>> E constantOf(Class<E> type, String name) {
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "holds '%s', but %s has %s"
              .formatted(name, type.getName(), Arrays.toString(type.getEnumConstants())),
          e);
    }
  }
}
