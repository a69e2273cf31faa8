package dev.geneva.internal.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.internal.json.Json;
import dev.geneva.internal.remote.KeyCodec.PlainKey;
import dev.geneva.udtf.PartitionKey;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyCodecTest {

  private static PartitionKey sent(PartitionKey key) {
    return KeyCodec.key(Json.read(Json.write(KeyCodec.plain(key)), PlainKey.class));
  }

  @Test
  void keysSurviveWithTheTypesOfTheirValues() {
    List<Object> values =
        new ArrayList<>(
            List.of(
                "it's \"text\"\n\u0000",
                "",
                true,
                (byte) -1,
                (short) -1,
                '\uffff',
                -1,
                Long.MIN_VALUE,
                -0.0,
                Double.NaN,
                Double.MIN_VALUE,
                1.1f,
                new BigDecimal("1.00"),
                LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_999),
                Duration.ofNanos(-1)));
    values.add(null);
    for (Object value : values) {
      PartitionKey key = new PartitionKey.Value("a column", value);
      assertThat(sent(key)).isEqualTo(key);
    }
    PartitionKey.Value binary = new PartitionKey.Value("b", new byte[] {0, -1, 7});
    assertThat(((PartitionKey.Value) sent(binary)).value()).isEqualTo(new byte[] {0, -1, 7});
    assertThat(sent(new PartitionKey.IndexPartition("v", 3)))
        .isEqualTo(new PartitionKey.IndexPartition("v", 3));
    assertThat(sent(new PartitionKey.Unindexable("v")))
        .isEqualTo(new PartitionKey.Unindexable("v"));
  }

  @Test
  void whatNoColumnHasIsRefused() {
    assertThatThrownBy(() -> KeyCodec.plain(new PartitionKey.Value("a", new Object())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No key is a java.lang.Object");
  }
}
