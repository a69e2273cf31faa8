package dev.geneva.internal.log;

import dev.geneva.internal.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A record as bytes: a line with the format's version, the length and the CRC-32C of what follows,
 * then the record as JSON. A reader that is handed a torn or altered file notices.
 */
final class RecordCodec {

  private static final String MAGIC = "geneva-log 1";

  private RecordCodec() {}

  static byte[] encode(LogRecord logRecord) {
    byte[] body = Json.bytes(logRecord);
    String header = header(body);
    byte[] encoded = new byte[header.length() + body.length];
    System.arraycopy(header.getBytes(StandardCharsets.US_ASCII), 0, encoded, 0, header.length());
    System.arraycopy(body, 0, encoded, header.length(), body.length);
    return encoded;
  }

  /** Empty if the bytes are not, or no longer, what {@link #encode} made. */
  static Optional<LogRecord> decode(byte[] encoded) {
    int line = 0;
    while (line < encoded.length && encoded[line] != '\n') {
      line++;
    }
    int start = Math.min(line + 1, encoded.length);
    byte[] body = java.util.Arrays.copyOfRange(encoded, start, encoded.length);
    String header = new String(encoded, 0, start, StandardCharsets.US_ASCII);
    if (!header.equals(header(body))) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(new ByteArrayInputStream(body), LogRecord.class));
    } catch (IllegalArgumentException | IOException e) {
      return Optional.empty();
    }
  }

  private static String header(byte[] body) {
    CRC32C checksum = new CRC32C();
    checksum.update(body);
    return String.format(Locale.ROOT, "%s %d %08x", MAGIC, body.length, checksum.getValue()) + "\n";
  }
}
