package dev.geneva.examples.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderPicturesTest {

  @TempDir private Path folder;
  private final List<String> skipped = new ArrayList<>();

  @Test
  void everyTenthFileIsHeldBackAndRowIdsGoOn() throws IOException {
    for (int i = 0; i < 20; i++) {
      write("p%02d.png".formatted(i), PerceptualHashTest.busyPicture(i, 40, 30));
    }
    FolderPictures pictures = list();

    List<Picture> first = all(pictures.first());
    List<Picture> later = all(pictures.later());

    assertThat(first).hasSize(18).extracting(Picture::rowId).containsSequence(0L, 1L, 2L);
    assertThat(first).extracting(Picture::name).doesNotContain("p09.png", "p19.png");
    assertThat(later).extracting(Picture::name).containsExactly("p09.png", "p19.png");
    assertThat(later).extracting(Picture::rowId).containsExactly(18L, 19L);
  }

  @Test
  void aSmallFileIsStoredAsItIs() throws IOException {
    write("small.png", PerceptualHashTest.busyPicture(1, 40, 30));

    Picture picture = all(list().first()).get(0);

    assertThat(picture.image()).isEqualTo(Files.readAllBytes(folder.resolve("small.png")));
    assertThat(picture.width()).isEqualTo(40);
    assertThat(picture.height()).isEqualTo(30);
    assertThat(picture.phash())
        .isEqualTo(
            PerceptualHash.toBytes(
                PerceptualHash.COLOUR.of(PerceptualHashTest.busyPicture(1, 40, 30))));
  }

  @Test
  void ofALargeFileAPreviewIsStored() throws IOException {
    BufferedImage noise = new BufferedImage(1600, 400, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int x = 0; x < 1600; x++) {
      for (int y = 0; y < 400; y++) {
        noise.setRGB(x, y, random.nextInt());
      }
    }
    write("large.png", noise);

    Picture picture = all(list().first()).get(0);

    assertThat(picture.width()).isEqualTo(1600);
    BufferedImage preview = ImageIO.read(new ByteArrayInputStream(picture.image()));
    assertThat(preview.getWidth()).isEqualTo(384);
    assertThat(preview.getHeight()).isEqualTo(96);
  }

  @Test
  void aPictureThatClaimsToBeHugeIsSkippedUnread() throws IOException {
    byte[] bomb = Variant.ORIGINAL.encode(PerceptualHashTest.busyPicture(1, 40, 30));
    // The width of a PNG, in bytes 16 to 19; the checksum that follows isn't looked at.
    bomb[16] = 0x01;
    bomb[21] = 0x40;
    Files.write(folder.resolve("bomb.png"), bomb);

    assertThat(list().first()).isExhausted();
    assertThat(skipped).singleElement().asString().startsWith("bomb.png: too large: ");
  }

  private FolderPictures list() throws IOException {
    return FolderPictures.list(
        folder,
        PerceptualHash.COLOUR,
        (file, reason) -> skipped.add(file + ": " + reason),
        (done, total) -> {});
  }

  private void write(String name, BufferedImage picture) throws IOException {
    Files.write(folder.resolve(name), Variant.ORIGINAL.encode(picture));
  }

  private static List<Picture> all(Iterator<Picture> pictures) {
    List<Picture> all = new ArrayList<>();
    pictures.forEachRemaining(all::add);
    return all;
  }
}
