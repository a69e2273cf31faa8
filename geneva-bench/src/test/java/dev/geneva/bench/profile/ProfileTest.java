package dev.geneva.bench.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileTest {

  private static final String REPORT =
      """
      # Samples: 2K of event 'cpu-clock:pppH'
      #
      # Overhead|Command        |Shared Object                     |Symbol
       13.40% |lance-cpu      |8ad8-1813-liblance_jni.so|[.] fsst::fsst::compress
       6.10%  |lance-cpu      |8ad8-1813-liblance_jni.so|[.] a::b::h0123456789abcdef
       4.00%  |tokio-rt-worker|8ad8-1813-liblance_jni.so|[.] fsst::fsst::compress
       2.15%  |tokio-rt-worker|[kernel.kallsyms]  |[k] _copy_to_iter
       2.00%  |geneva-view-wor|perf-12.map        |[.] void dev.geneva.internal.run.A::b(int)
       1.25%  |C2 CompilerThre|libjvm.so          |[.] PhaseChaitin::Split

      """;

  @Test
  void costsAreSummedUpByWhoseTheyAreAndByFunction() {
    List<Cost> costs = Perf.parsed(REPORT);

    assertThat(costs).hasSize(6);
    assertThat(new Profile("1 row", "Geneva", 3, costs).markdown())
        .isEqualTo(
            """
            **1 row, Geneva**, 3 runs.

            | Whose | %% |
            |---|--:|
            | %s | 23.5 |
            | %s | 2.2 |
            | %s | 2.0 |
            | %s | 1.3 |

            | Function | %% |
            |---|--:|
            | `fsst::fsst::compress`, lance | 17.4 |
            | `a::b`, lance | 6.1 |
            | `_copy_to_iter`, kernel | 2.2 |
            | `void dev.geneva.internal.run.A::b(int)`, geneva | 2.0 |
            | `PhaseChaitin::Split`, compiler | 1.3 |
            """
                .formatted(Kind.LANCE, Kind.KERNEL, Kind.GENEVA, Kind.COMPILER));
  }
}
