package dev.geneva.fault;

import dev.geneva.CheckpointPolicy;
import dev.geneva.RefreshInProgressException;
import dev.geneva.RefreshOptions;
import dev.geneva.UdtfView;
import dev.geneva.internal.connect.FaultyDatabase;
import dev.geneva.internal.fixture.Faults;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that does what it is told, line by line, and answers each line when it is done.
 *
 * <p>Arguments: the database, and the file to which the calls of the function are written.
 */
final class Refresher {

  private Refresher() {}

  public static void main(String[] arguments) throws Exception {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Map<String, String> storageOptions = new HashMap<>();
    // Batches take a moment, so that there is a middle in which the process can be killed.
    Traced.beforeBatches(() -> LockSupport.parkNanos(500_000));
    Traced.writeTo(Path.of(arguments[1]));
    String line = input.readLine();
    while (line != null && line.startsWith("option ")) {
      String[] option = line.split(" ", 3);
      storageOptions.put(option[1], option[2]);
      line = input.readLine();
    }
    try (FaultyDatabase database = FaultyDatabase.at(arguments[0], storageOptions)) {
      UdtfView view = database.connection().openUdtfView("view");
      System.out.println("ready " + view.countRows());
      for (line = input.readLine(); line != null; line = input.readLine()) {
        System.out.println(answer(database, view, line.split(" ")));
      }
    }
  }

  private static String answer(FaultyDatabase database, UdtfView view, String[] line)
      throws Exception {
    switch (line[0]) {
      case "halt" -> {
        Scenario scenario = Scenario.valueOf(line[1]);
        database.faults().arm(Faults.Kind.HALT, Integer.parseInt(line[2]));
        return view.refresh(scenario.options()).status().toString();
      }
      case "race" -> {
        List<String> ends = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(line[1]); i++) {
          try {
            ends.add(view.refresh().status().toString());
          } catch (RefreshInProgressException e) {
            ends.add("IN_PROGRESS");
          }
        }
        return String.join(" ", ends);
      }
      default -> {
        // Versions of the source, one after the other for ever, beginning with the one given.
        int versions = Integer.parseInt(line[2]);
        long version = Long.parseLong(line[1]);
        while (!System.out.checkError()) { // there is one when whoever started this is gone
          System.out.println("begin " + version);
          Traced.write("refresh " + version);
          view.refresh(
              RefreshOptions.builder()
                  .sourceVersion(version)
                  .checkpoints(CheckpointPolicy.everyBatch())
                  .waitAtMost(Duration.ofSeconds(30))
                  .build());
          System.out.println("end " + version);
          version = 1 + version % versions;
        }
        return "nobody listens";
      }
    }
  }
}
