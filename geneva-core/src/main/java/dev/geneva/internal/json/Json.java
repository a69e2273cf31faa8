package dev.geneva.internal.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * The one JSON mapper: readable, in a fixed order of keys so that equal values are equal text, and
 * without type names, so that reading never makes an object of a class that the text chose.
 */
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          // A newer release may have added a key.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Json() {}

  /**
   * Writes a value.
   *
   * @throws IllegalArgumentException if it has no JSON form
   */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  /** Writes a value as UTF-8, without a string in between. Fails as {@link #write}. */
  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  /**
   * Writes a value into a stream as UTF-8, however large it is, and closes the stream. Fails as
   * {@link #write}.
   */
  public static void write(Object value, OutputStream out) throws IOException {
    try {
      MAPPER.writeValue(out, value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  /** The tree of a value. Fails as {@link #write}. */
  public static JsonNode tree(@Nullable Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException if the text isn't one
   */
  public static <T> T read(String text, Class<T> type) {
    try {
      return present(MAPPER.readValue(text, type));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  /** Reads a value from UTF-8, and closes the stream. Fails as {@link #read(String, Class)}. */
  public static <T> T read(InputStream in, Class<T> type) throws IOException {
    try {
      return present(MAPPER.readValue(in, type));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  /** Reads a value of a generic type. Fails as {@link #read(String, Class)}. */
  public static <T> T read(String text, TypeReference<T> type) {
    try {
      return present(MAPPER.readValue(text, type));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("The value is null.");
    }
    return value;
  }

  /** Reads a value of a type out of a tree. Fails as {@link #read(String, Class)}. */
  public static @Nullable Object read(JsonNode tree, Type type) {
    JavaType javaType = MAPPER.constructType(type);
    return MAPPER.convertValue(tree, javaType);
  }
}
