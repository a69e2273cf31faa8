package dev.geneva.examples.flags;

import dev.geneva.udtf.ArrowRecord;
import dev.geneva.udtf.FixedSize;
import dev.geneva.udtf.Unsigned;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of the table of pictures.
 *
 * @param rowId a number of its own
 * @param name what it shows: a flag's drawing such as {@code fr 4x3}, or a file's path
 * @param variant how it was made from the drawing; empty for a file
 * @param width in pixels
 * @param height in pixels
 * @param phash its {@link PerceptualHash}
 * @param image the bytes of a PNG, JPEG, GIF or BMP file
 */
@ArrowRecord
public record Picture(
    long rowId,
    String name,
    String variant,
    int width,
    int height,
    @FixedSize(8) @Unsigned byte[] phash,
    byte[] image) {

  /** All flags in all variants, as the demo draws them. */
  public static List<Picture> ofFlags() throws IOException {
    FlagPictures pictures =
        FlagPictures.draw(FlagCatalog.load(), PerceptualHash.COLOUR, (done, total) -> {});
    List<Picture> all = new ArrayList<>();
    pictures.first().forEachRemaining(all::add);
    pictures.later().forEachRemaining(all::add);
    return all;
  }

  /** The columns that describe a picture, without its content. */
  @ArrowRecord
  public record Label(long rowId, String name, String variant) {}
}
