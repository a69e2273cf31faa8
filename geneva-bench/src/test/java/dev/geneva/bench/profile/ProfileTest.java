package dev.geneva.bench.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.geneva.bench.suite.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileTest {

  private static final String SCRIPT =
      """
             lance-cpu     7.000000100:      7f717d fsst::fsst::compress (/x/8ad8-liblance_jni.so)
             lance-cpu     7.000000150:      7f717d fsst::fsst::compress (/x/8ad8-liblance_jni.so)
             lance-cpu     7.000000199:      7f717d a::b::h0123456789abcdef (/x/8ad8-liblance_jni.so)
       tokio-rt-worker     8.000000000:      7f717d fsst::fsst::compress (/x/8ad8-liblance_jni.so)
       tokio-rt-worker     8.000000001:      ffffff _copy_to_iter ([kernel.kallsyms])
       geneva-view-wor     8.000000002:      7f721c void dev.geneva.internal.A.b(int, long) (/tmp/perf-12.map)
       C1 CompilerThre     8.000000003:      7f7233 PhaseChaitin::Split (/usr/lib/server/libjvm.so)
                  java     8.000000004:      7f7233 [unknown] ([unknown])
                  java     8.000000009:      7f7233 too late (/x)

      """;

  private static final List<Span> SPANS =
      List.of(new Span(7_000_000_150L, 7_000_000_200L), new Span(8_000_000_000L, 8_000_000_005L));

  @Test
  void withoutSpansAllCounts() {
    assertThat(Perf.counted(SCRIPT, List.of()).stream().mapToDouble(Cost::percent).sum())
        .isCloseTo(100, within(1e-9));
    assertThat(Perf.counted("nothing", SPANS)).isEmpty();
  }

  @Test
  void costsAreSummedUpByWhoseTheyAreAndByFunction() {
    List<Cost> costs = Perf.counted(SCRIPT, SPANS);

    assertThat(costs).hasSize(7);
    assertThat(new Profile("1 row", "Geneva", 3, costs).markdown())
        .isEqualTo(
            """
            **1 row, Geneva**, 3 runs.

            | Whose | %% |
            |---|--:|
            | %s | 42.9 |
            | %s | 14.3 |
            | %s | 14.3 |
            | %s | 14.3 |
            | %s | 14.3 |

            | Function | %% |
            |---|--:|
            | `fsst::fsst::compress`, lance | 28.6 |
            | `a::b`, lance | 14.3 |
            | `_copy_to_iter`, kernel | 14.3 |
            | `void dev.geneva.internal.A.b(int, long)`, geneva | 14.3 |
            | `PhaseChaitin::Split`, compiler | 14.3 |
            | `without a name`, java | 14.3 |
            """
                .formatted(Kind.LANCE, Kind.KERNEL, Kind.GENEVA, Kind.JAVA, Kind.COMPILER));
  }
}
