package dev.geneva.examples.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelAveragesTest {

  @ParameterizedTest
  @CsvSource({"32, 32", "64, 96", "33, 31", "100, 75", "1, 1", "7, 500", "1000, 3"})
  void theMeanOfAllAveragesIsThatOfThePicture(int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    double red = 0;
    double green = 0;
    double blue = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = (x * 31 + y * 17) * 2_654_435 & 0xffffff;
        picture.setRGB(x, y, rgb);
        red += rgb >> 16;
        green += rgb >> 8 & 0xff;
        blue += rgb & 0xff;
      }
    }
    int pixels = width * height;

    PixelAverages averages = PixelAverages.of(picture);

    assertThat(mean(averages.red())).isCloseTo(red / pixels, within(1e-9));
    assertThat(mean(averages.green())).isCloseTo(green / pixels, within(1e-9));
    assertThat(mean(averages.blue())).isCloseTo(blue / pixels, within(1e-9));
  }

  @Test
  void ofTwiceTheSizeEachAverageIsOfFourPixels() {
    BufferedImage picture = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(10, 20, 0xff0000);
    picture.setRGB(11, 21, 0xff8000);

    PixelAverages averages = PixelAverages.of(picture);

    assertThat(averages.red()[10][5]).isEqualTo(127.5);
    assertThat(averages.green()[10][5]).isEqualTo(32);
    assertThat(averages.red()[10][6]).isZero();
  }

  @Test
  void transparentIsWhite() {
    BufferedImage picture = new BufferedImage(40, 40, BufferedImage.TYPE_INT_ARGB);
    picture.setRGB(0, 0, 0x00ff0000);

    PixelAverages averages = PixelAverages.of(picture);

    assertThat(mean(averages.green())).isCloseTo(255, within(1e-9));
  }

  private static double mean(double[][] values) {
    double sum = 0;
    for (double[] line : values) {
      for (double value : line) {
        sum += value;
      }
    }
    return sum / (PixelAverages.SIZE * PixelAverages.SIZE);
  }
}
