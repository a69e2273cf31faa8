package dev.geneva.examples.flags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.examples.flags.Flag.Shape;
import dev.geneva.examples.flags.Truth.Sample;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class TruthTest {

  @Test
  void drawingsThatDifferByAShadeAreOne() {
    Truth truth =
        Truth.of(
            List.of(
                sample("aa", Shape.WIDE, 0x808080, 0xff0000),
                sample("bb", Shape.WIDE, 0x907080, 0xff0010),
                sample("cc", Shape.WIDE, 0x808080, 0xff0011)));

    assertThat(truth.drawing("bb 4x3")).isEqualTo(truth.drawing("aa 4x3"));
    assertThat(truth.drawing("cc 4x3")).isNotEqualTo(truth.drawing("aa 4x3"));
    assertThat(truth.countDrawings()).isEqualTo(2);
    assertThat(truth.countFlags()).isEqualTo(2);
  }

  @Test
  void territoriesThatShareOneDrawingShareTheFlag() {
    Truth truth =
        Truth.of(
            List.of(
                sample("aa", Shape.WIDE, 1, 2),
                sample("aa", Shape.SQUARE, 0xff, 2),
                sample("bb", Shape.WIDE, 1, 2),
                sample("bb", Shape.SQUARE, 0xff00, 2),
                sample("cc", Shape.WIDE, 0xff0000, 2),
                sample("cc", Shape.SQUARE, 0xff00, 2)));

    assertThat(truth.flag("bb")).isEqualTo(truth.flag("aa"));
    assertThat(truth.flag("cc")).isEqualTo(truth.flag("aa"));
    assertThat(truth.drawing("bb 1x1")).isNotEqualTo(truth.drawing("aa 1x1"));
    assertThat(truth.countFlags()).isEqualTo(1);
  }

  @Test
  void shapesAreNeverOneDrawing() {
    Truth truth =
        Truth.of(List.of(sample("aa", Shape.WIDE, 1, 2), sample("aa", Shape.SQUARE, 1, 2)));

    assertThat(truth.drawing("aa 4x3")).isNotEqualTo(truth.drawing("aa 1x1"));
  }

  private static Sample sample(String code, Shape shape, int... pixels) {
    return new Sample(new Flag(code, shape, URI.create("memory:" + code)), pixels);
  }
}
