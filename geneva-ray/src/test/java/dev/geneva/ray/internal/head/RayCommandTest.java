package dev.geneva.ray.internal.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.UnsupportedRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RayCommandTest {

  @TempDir Path folder;

  private Path command(String output) throws IOException {
    Path file = folder.resolve("ray");
    Files.writeString(file, "#!/bin/sh\necho '" + output + "'\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void versionIsTheOneOfTheJavaLibrary() {
    assertThat(RayCommand.VERSION).isEqualTo(System.getProperty("ray.version"));
  }

  @Test
  void rightVersionIsAccepted() throws IOException {
    RayCommand.find(Optional.of(command("ray, version 2.39.0"))).requireVersion();
  }

  @Test
  void otherVersionSaysWhichAndHowToGetTheRightOne() throws IOException {
    RayCommand other = RayCommand.find(Optional.of(command("ray, version 2.60.0")));
    assertThatThrownBy(other::requireVersion)
        .isInstanceOf(UnsupportedRuntimeException.class)
        .hasMessageContaining("is Ray 2.60.0, and this release works with 2.39.0 only")
        .hasMessageContaining("pip install ray==2.39.0");
  }

  @Test
  void somethingElseIsRecognised() throws IOException {
    RayCommand other = RayCommand.find(Optional.of(command("a fish")));
    assertThatThrownBy(other::requireVersion)
        .isInstanceOf(UnsupportedRuntimeException.class)
        .hasMessageContaining("doesn't name a version of Ray, but says: a fish");
  }

  @Test
  void missingCommandSaysWhoNamedIt() {
    assertThatThrownBy(() -> RayCommand.find(Optional.of(folder.resolve("nothing"))))
        .isInstanceOf(UnsupportedRuntimeException.class)
        .hasMessageContaining("The option names")
        .hasMessageContaining("isn't an executable file");
  }
}
