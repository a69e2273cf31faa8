package dev.geneva.examples.clustering;

import dev.geneva.udtf.ArrowRecord;
import dev.geneva.udtf.FixedSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A character that is a picture, and what its name means.
 *
 * @param rowId its code point
 * @param symbol the character
 * @param name what Unicode calls it, in lower case, such as {@code cat face with tears of joy}
 * @param embedding what the name means, as a unit vector: names that mean similar things are near
 *     each other
 */
@ArrowRecord
public record Pictograph(
    long rowId, String symbol, String name, @FixedSize(SIZE) float[] embedding) {

  /** The length of an embedding. */
  static final int SIZE = 384;

  /** The columns that describe a character, without its embedding. */
  @ArrowRecord
  public record Label(long rowId, String symbol, String name) {}

  private static final List<Character.UnicodeBlock> BLOCKS =
      List.of(
          Character.UnicodeBlock.MISCELLANEOUS_SYMBOLS_AND_PICTOGRAPHS,
          Character.UnicodeBlock.EMOTICONS,
          Character.UnicodeBlock.TRANSPORT_AND_MAP_SYMBOLS,
          Character.UnicodeBlock.SUPPLEMENTAL_SYMBOLS_AND_PICTOGRAPHS,
          Character.UnicodeBlock.SYMBOLS_AND_PICTOGRAPHS_EXTENDED_A);

  /** All that the running JDK knows, by code point. */
  static List<Label> known() {
    List<Label> all = new ArrayList<>();
    for (int codePoint = 0x1F000; codePoint < 0x20000; codePoint++) {
      if (Character.isDefined(codePoint) && BLOCKS.contains(Character.UnicodeBlock.of(codePoint))) {
        String name = Objects.requireNonNull(Character.getName(codePoint));
        all.add(new Label(codePoint, Character.toString(codePoint), name.toLowerCase(Locale.ROOT)));
      }
    }
    return all;
  }

  /** Computes the embeddings, one at a time, as they are asked for. */
  static Iterable<Pictograph> embed(List<Label> labels, TextEmbedding model) {
    return () ->
        labels.stream()
            .map(
                label ->
                    new Pictograph(
                        label.rowId(), label.symbol(), label.name(), model.embed(label.name())))
            .iterator();
  }
}
