package dev.geneva.bench.opponent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geneva.bench.suite.UnavailableException;
import dev.geneva.internal.json.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A Python program that stays while it is measured: requests go in as lines of JSON, and answers
 * come out. It measures its own time, so that starting it doesn't count.
 */
final class PythonProcess implements AutoCloseable {

  private static final long LONGEST_MINUTES = 5;

  private final String name;
  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;

  PythonProcess(String name, Path python, Path script, Path log, Path temporary)
      throws IOException {
    this.name = name;
    ProcessBuilder builder =
        new ProcessBuilder(python.toString(), "-u", script.toString())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("TMPDIR", temporary.toString());
    this.process = builder.start();
    this.requests = process.outputWriter();
    this.answers = process.inputReader();
  }

  /** Sends a request and waits for its answer. */
  JsonNode ask(String operation, Map<String, Object> arguments) throws UnavailableException {
    Map<String, Object> request = new TreeMap<>(arguments);
    request.put("operation", operation);
    try {
      requests.write(Json.write(request));
      requests.newLine();
      requests.flush();
      String line =
          CompletableFuture.supplyAsync(this::readLine).get(LONGEST_MINUTES, TimeUnit.MINUTES);
      JsonNode answer = Json.read(line, JsonNode.class);
      if (answer.has("error")) {
        throw new UnavailableException(answer.get("error").asText());
      }
      return answer;
    } catch (IOException | ExecutionException e) {
      throw new UnavailableException(name + " has ended");
    } catch (TimeoutException e) {
      process.destroy();
      throw new UnavailableException("no answer within " + LONGEST_MINUTES + " minutes");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted");
    }
  }

  private String readLine() {
    try {
      String line = answers.readLine();
      if (line == null) {
        throw new IllegalStateException("no answer");
      }
      return line;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends it by the end of its input, so that it can end what it has started itself. */
  @Override
  public void close() {
    List<ProcessHandle> started = process.descendants().toList();
    try {
      requests.close();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    started.forEach(ProcessHandle::destroyForcibly);
  }
}
