package dev.geneva.examples.flags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.examples.flags.Flag.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlagCatalogTest {

  @Test
  void everyFlagIsThereInBothShapes() throws IOException {
    List<Flag> flags = FlagCatalog.load();

    assertThat(flags).hasSize(542);
    assertThat(flags).extracting(Flag::source).doesNotHaveDuplicates();
    assertThat(flags).filteredOn(flag -> flag.shape() == Shape.WIDE).hasSize(271);
    assertThat(flags).extracting(Flag::source).contains("fr 4x3", "fr 1x1", "gb-wls 4x3");
  }

  @Test
  void everyFlagHasAName() throws IOException {
    assertThat(FlagCatalog.load())
        .extracting(flag -> CountryNames.of(flag.code()))
        .allSatisfy(name -> assertThat(name).hasSizeGreaterThan(3))
        .contains("France", "Wales", "European Union", "Kosovo");
  }

  @Test
  void aFlagIsPaintedInItsColours() throws IOException {
    BufferedImage france = FlagPainter.paint(TestFlags.of("fr").get(0));

    assertThat(france.getWidth()).isEqualTo(320);
    assertThat(france.getHeight()).isEqualTo(240);
    assertThat(france.getRGB(160, 120)).isEqualTo(0xffffffff);
    assertThat(france.getRGB(300, 120) >> 16 & 0xff).isGreaterThan(200);
    assertThat(france.getRGB(20, 120) & 0xff).isGreaterThan(100);
  }
}
