package dev.geneva.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.internal.protocol.Interleavings.Bounds;
import dev.geneva.internal.protocol.Interleavings.Explored;
import dev.geneva.internal.protocol.Refreshers.Faults;
import dev.geneva.internal.protocol.Refreshers.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The real log, lease, ledger, commit and clean-up in every order of steps, within bounds: so many
 * switches away from somebody who could go on, deaths, and lost answers. Time always passes:
 * whoever isn't heard of between two looks is silent for its lease, so a pause is as long as it can
 * be.
 *
 * <p>What holds after every step and at the end is in {@link SharedView} and {@link SmallRefresh}.
 * The numbers of what was explored are fixed, so that no change makes them less unnoticed.
 */
class InterleavingsTest {

  private static final Role REFRESH = refresh -> refresh.refresh(1);
  private static final Role REFRESH_AFTER_A_CHANGE = refresh -> refresh.refresh(2);
  private static final Role FAIL = refresh -> refresh.fail(1);
  private static final Role CLEAN_ALL = refresh -> refresh.cleanUp(true);
  private static final Role CLEAN = refresh -> refresh.cleanUp(false);

  @Test
  void twoRefreshesOfTheSame() {
    assertThat(explore(new Bounds(3, 1, 0), apart(REFRESH, REFRESH)))
        .isEqualTo(new Explored(5712, 9700, 20_737));
  }

  @Test
  void theSourceChangesBetween() {
    assertThat(explore(new Bounds(2, 1, 0), apart(REFRESH, REFRESH_AFTER_A_CHANGE)))
        .isEqualTo(new Explored(5426, 6664, 14_561));
  }

  @Test
  void whatWasBegunFailsAndIsDropped() {
    assertThat(explore(new Bounds(2, 1, 0), apart(REFRESH, REFRESH).retrying()))
        .isEqualTo(new Explored(1670, 2430, 6333));
  }

  @Test
  void ownersOfOneHostKnowWhoDied() {
    assertThat(explore(new Bounds(4, 1, 0), apart(REFRESH, REFRESH).together()))
        .isEqualTo(new Explored(782, 2468, 7951));
  }

  @Test
  void aCleanUpOfUnfinishedWorkComesBetween() {
    assertThat(explore(new Bounds(3, 1, 0), apart(REFRESH, CLEAN_ALL)))
        .isEqualTo(new Explored(5359, 7954, 17_403));
  }

  @Test
  void aCleanUpThatLeavesUnfinishedWorkComesBetween() {
    assertThat(explore(new Bounds(2, 1, 0), apart(REFRESH, CLEAN)))
        .isEqualTo(new Explored(1654, 2120, 4732));
  }

  @Test
  void aCleanUpIsPausedBetweenSayingAndDeleting() {
    assertThat(explore(new Bounds(2, 0, 0), apart(FAIL.then(REFRESH), CLEAN_ALL)))
        .isEqualTo(new Explored(293, 1066, 11_775));
  }

  @Test
  void everyReadIsAStep() {
    assertThat(explore(new Bounds(2, 0, 0), apart(REFRESH, REFRESH).reading()))
        .isEqualTo(new Explored(326, 1410, 13_523));
  }

  @Test
  void anAnswerIsLost() {
    assertThat(explore(new Bounds(2, 0, 1), apart(REFRESH, REFRESH)))
        .isEqualTo(new Explored(2286, 6872, 29_053));
  }

  @Test
  void aPauseOutlastsTwoCommits() {
    Role twice = REFRESH.then(REFRESH_AFTER_A_CHANGE);
    // What the one writes who wakes up after all that, only a clean-up on demand finds.
    assertThat(explore(new Bounds(2, 0, 0), apart(REFRESH, twice).cleaningAtTheEnd()))
        .isEqualTo(new Explored(511, 2118, 31_456));
  }

  @Test
  void threeAtOnce() {
    assertThat(explore(new Bounds(1, 0, 0), apart(REFRESH, REFRESH, CLEAN_ALL)))
        .isEqualTo(new Explored(176, 320, 6435));
  }

  @Test
  void aStoreThatOverwritesIsFoundOut() {
    assertThatThrownBy(
            () -> explore(new Bounds(2, 0, 0), apart(REFRESH, REFRESH).with(Faults.PUT_OVERWRITES)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aCommitThatIsNoCompareAndSwapIsFoundOut() {
    assertThatThrownBy(
            () ->
                explore(new Bounds(2, 0, 0), apart(REFRESH, REFRESH).with(Faults.SWAP_OVERWRITES)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("A generation was committed twice");
  }

  private static Refreshers.Setting apart(Role... roles) {
    return Refreshers.Setting.apart(List.of(roles));
  }

  private static Explored explore(Bounds bounds, Refreshers.Setting setting) {
    try (Interleavings interleavings = new Interleavings(bounds)) {
      return interleavings.explore(() -> new Refreshers(setting));
    }
  }
}
