package com.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

  @Test
  void viewsAreComputed(@TempDir Path folder) {
    assertEquals(
        List.of("REFRESHED 3", "UP_TO_DATE", "[Size[clusterId=1, pictures=2]]"),
        Main.run(folder.toString()));
  }
}
