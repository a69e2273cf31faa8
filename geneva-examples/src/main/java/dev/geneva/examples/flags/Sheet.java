package dev.geneva.examples.flags;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a contact sheet shows, before anything is said of how.
 *
 * @param title the question, or what the pictures are
 * @param lede a sentence or two under it
 * @param figures the summary
 * @param sections the clusters
 * @param thresholds what other thresholds would have given, if that is known
 * @param footer how it was made
 */
record Sheet(
    String title,
    String lede,
    List<Figure> figures,
    List<Section> sections,
    Optional<Thresholds> thresholds,
    String footer) {

  /** All pictures that are shown. One that is shown in two places comes up twice. */
  Stream<Shot> shots() {
    return groups().flatMap(group -> group.shots().stream());
  }

  /** The pictures that are shown large. */
  Stream<Shot> mainShots() {
    return groups().map(group -> group.shots().get(0));
  }

  private Stream<Group> groups() {
    return sections.stream()
        .flatMap(section -> section.cards().stream())
        .flatMap(card -> card.groups().stream());
  }

  /**
   * Why this threshold.
   *
   * @param rows what each threshold gives
   * @param hash what was compared
   * @param bits the threshold that was chosen
   */
  record Thresholds(List<ThresholdTable.Row> rows, PerceptualHash hash, int bits) {}

  /** One number of the summary. */
  record Figure(String label, String value) {}

  /** What kind of cards a section holds, which gives them their colour. */
  enum Tone {
    ALIKE,
    SHARED,
    APART,
    PLAIN
  }

  /**
   * Cards of a kind.
   *
   * @param title what they have in common
   * @param text what that means
   * @param cards the most interesting first
   * @param tone their colour
   * @param folded whether they are shown only when asked for
   */
  record Section(String title, String text, List<Card> cards, Tone tone, boolean folded) {}

  /**
   * A cluster, or pictures that belong together.
   *
   * @param title may be empty
   * @param note such as how many pictures there are; may be empty
   * @param groups what it shows
   */
  record Card(String title, String note, List<Group> groups) {}

  /**
   * Pictures of one thing, of which the first is shown large.
   *
   * @param code a short code; may be empty
   * @param name what it is
   * @param detail such as its shape; may be empty
   * @param note which pictures there are
   * @param shots at least one
   */
  record Group(String code, String name, String detail, String note, List<Shot> shots) {}

  /**
   * One picture.
   *
   * @param rowId which
   * @param text says what it shows to those who don't see it
   */
  record Shot(long rowId, String text) {}
}
