package dev.geneva.examples.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.geneva.examples.flags.PairScore.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PairScoreTest {

  @Test
  void perfectClustersScoreOne() {
    PairScore score =
        PairScore.of(
            List.of(new Placement(0, 0, 0), new Placement(0, 0, 0), new Placement(2, 1, 1)));

    assertThat(score).isEqualTo(new PairScore(1, 1, 1));
    assertThat(score.precision()).isOne();
    assertThat(score.recall()).isOne();
  }

  @Test
  void oneFlagInTwoDrawingsIsNotJudged() {
    List<Placement> together = List.of(new Placement(0, 0, 7), new Placement(0, 1, 7));
    List<Placement> apart = List.of(new Placement(0, 0, 7), new Placement(1, 1, 7));

    assertThat(PairScore.of(together)).isEqualTo(PairScore.of(apart));
  }

  @Test
  void nothingFoundIsPreciseAndRecallsNothing() {
    PairScore score = PairScore.of(List.of(new Placement(0, 0, 0), new Placement(1, 0, 0)));

    assertThat(score.precision()).isOne();
    assertThat(score.recall()).isZero();
  }

  @RepeatedTest(20)
  void countsAreThoseOfLookingAtEachPair(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<Placement> placements = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int drawing = random.nextInt(12);
      placements.add(new Placement(random.nextInt(10), drawing, drawing / 2));
    }
    long found = 0;
    long right = 0;
    long wanted = 0;
    for (int i = 0; i < placements.size(); i++) {
      for (int j = 0; j < i; j++) {
        Placement one = placements.get(i);
        Placement other = placements.get(j);
        boolean together = one.cluster() == other.cluster();
        boolean same = one.drawing() == other.drawing();
        wanted += same ? 1 : 0;
        right += together && same ? 1 : 0;
        found += together && (same || one.flag() != other.flag()) ? 1 : 0;
      }
    }

    PairScore score = PairScore.of(placements);

    assertThat(score).isEqualTo(new PairScore(found, right, wanted));
    assertThat(score.precision()).isCloseTo((double) right / found, within(1e-12));
    assertThat(score.recall()).isCloseTo((double) right / wanted, within(1e-12));
  }
}
