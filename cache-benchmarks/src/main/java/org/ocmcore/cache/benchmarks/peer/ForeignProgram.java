package org.ocmcore.cache.benchmarks.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Programs that are run to their end. */
public final class ForeignProgram {
  private ForeignProgram() {}

  /** Where a program is: in one of these folders, or where programs are. */
  public static Optional<String> find(String name, String... folders) {
    return Stream.concat(
            Stream.of(folders),
            Stream.of(System.getenv().getOrDefault("PATH", "").split(":")))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  /**
   * Runs it.
   *
   * @param lines is told each line that it prints, one character a byte
   * @throws IOException also if it ends with another status than 0
   */
  public static void run(List<String> command, Consumer<String> lines) throws IOException {
    Process process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    Thread last = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(last);
    try (BufferedReader output = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1))) {
      output.lines().forEach(lines);
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException(command.get(0) + " ended with " + status);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException(command.get(0) + " was interrupted", e);
    } finally {
      Runtime.getRuntime().removeShutdownHook(last);
    }
  }
}
