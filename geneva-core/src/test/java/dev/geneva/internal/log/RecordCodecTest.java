package dev.geneva.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.internal.fixture.Locales;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RecordCodecTest {

  private static final LogRecord COMMITTED =
      new LogRecord.Committed(
          "r-1", "2026-01-02T03:04:05Z", 7, 100, 90, 3, Map.of("RUN", 12L, "COMMIT", 3L));

  @Provide
  net.jqwik.api.Arbitrary<LogRecord> records() {
    return LogRecords.any();
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void everyRecordIsReadAsItWasWritten(@ForAll("records") LogRecord written) {
    assertThat(RecordCodec.decode(RecordCodec.encode(written))).hasValue(written);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void equalRecordsAreEqualBytes(@ForAll("records") LogRecord written) {
    LogRecord read = RecordCodec.decode(RecordCodec.encode(written)).orElseThrow();

    assertThat(RecordCodec.encode(read)).isEqualTo(RecordCodec.encode(written));
  }

  @Property(tries = 60)
  void everyAlteredByteIsNoticed(
      @ForAll("records") LogRecord written, @ForAll @IntRange(min = 1, max = 255) int flip) {
    byte[] encoded = RecordCodec.encode(written);
    for (int i = 0; i < encoded.length; i++) {
      byte[] altered = encoded.clone();
      altered[i] ^= (byte) flip;

      assertThat(RecordCodec.decode(altered)).as("byte %d", i).isEmpty();
    }
  }

  @Property(tries = 60)
  void everyTruncationIsNoticed(@ForAll("records") LogRecord written) {
    byte[] encoded = RecordCodec.encode(written);
    for (int length = 0; length < encoded.length; length++) {
      assertThat(RecordCodec.decode(Arrays.copyOf(encoded, length)))
          .as("%d bytes", length)
          .isEmpty();
    }
  }

  @Property(tries = 60)
  void whateverFollowsIsNoticed(@ForAll("records") LogRecord written, @ForAll byte more) {
    byte[] encoded = RecordCodec.encode(written);
    byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
    longer[encoded.length] = more;

    assertThat(RecordCodec.decode(longer)).isEmpty();
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void bytesThatNobodyWroteAreNoRecord(@ForAll byte[] bytes) {
    assertThat(RecordCodec.decode(bytes)).isEmpty();
  }

  @Test
  void theFormatIsALineThatDescribesAJsonObject() {
    String encoded = new String(RecordCodec.encode(COMMITTED), UTF_8);

    List<String> lines = encoded.lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).matches("geneva-log 1 " + lines.get(1).length() + " [0-9a-f]{8}");
    assertThat(lines.get(1))
        .isEqualTo(
            "{\"type\":\"committed\",\"at\":\"2026-01-02T03:04:05Z\",\"batchesWritten\":3,"
                + "\"durations\":{\"COMMIT\":3,\"RUN\":12},\"refreshId\":\"r-1\",\"rowsRead\":100,"
                + "\"rowsWritten\":90,\"viewVersion\":7}");
  }

  @Test
  void whatANewerReleaseAddedIsIgnored() {
    byte[] newer =
        framed(
            "{\"type\":\"committing\",\"refreshId\":\"r-1\",\"generation\":4,"
                + "\"lease\":{\"until\":5},\"tags\":[1,2]}");

    assertThat(RecordCodec.decode(newer)).hasValue(new LogRecord.Committing("r-1", 4));
  }

  @Test
  void aRecordOfATypeThatThisReleaseDoesNotKnowIsEmpty() {
    assertThat(RecordCodec.decode(framed("{\"type\":\"split\",\"refreshId\":\"r-1\"}"))).isEmpty();
  }

  @Test
  void aRecordThatLacksAValueIsEmpty() {
    assertThat(RecordCodec.decode(framed("{\"type\":\"committed\",\"refreshId\":\"r-1\"}")))
        .isEmpty();
    assertThat(RecordCodec.decode(framed("{\"refreshId\":\"r-1\"}"))).isEmpty();
    assertThat(RecordCodec.decode(framed("null"))).isEmpty();
    assertThat(RecordCodec.decode(framed(""))).isEmpty();
  }

  @Test
  void theDigitsOfTheLocaleDoNotMatter() throws Exception {
    byte[] elsewhere = Locales.withArabicDigits(() -> RecordCodec.encode(COMMITTED));

    assertThat(new String(elsewhere, UTF_8))
        .isEqualTo(new String(RecordCodec.encode(COMMITTED), UTF_8));
    assertThat(Locales.withArabicDigits(() -> RecordCodec.decode(elsewhere))).hasValue(COMMITTED);
  }

  private static byte[] framed(String body) {
    CRC32C checksum = new CRC32C();
    checksum.update(body.getBytes(UTF_8));
    return ("geneva-log 1 "
            + body.getBytes(UTF_8).length
            + " "
            + String.format(java.util.Locale.ROOT, "%08x", checksum.getValue())
            + "\n"
            + body)
        .getBytes(UTF_8);
  }
}
