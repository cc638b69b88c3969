package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A process that ends with this one, unless this one is killed with SIGKILL. */
public final class ChildProcess implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final long POLL_NANOS = 5_000_000;
  private static final int SHOWN_LINES = 5;

  private final String program;
  private final Process process;
  private final Path output;

  /**
   * Starts it.
   *
   * @param folder the working directory, where its output goes too
   * @param environment added to this process's own, but without its variables that start with
   *     {@code CACHE_} or {@code MEMCACHED_}: the user's settings are not what is measured
   */
  public ChildProcess(Path folder, List<String> command, Map<String, String> environment)
      throws IOException {
    program = command.get(0);
    output = folder.resolve("output");
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile());
    Map<String, String> variables = builder.environment();
    variables.keySet().removeIf(name -> name.matches("(CACHE|MEMCACHED)_.*"));
    variables.putAll(environment);
    process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /** The path of a program in {@code PATH} or in one more folder; empty if there is none. */
  public static Optional<String> find(String name, String folder) {
    return Stream.of((System.getenv("PATH") + ":" + folder).split(":"))
        .map(path -> Path.of(path, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  /** All output so far, in which bytes that are no UTF-8 are replaced. */
  public String output() {
    try {
      return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it ends; fails if its exit status is not 0. */
  public void awaitSuccess() throws IOException, InterruptedException {
    if (process.waitFor() != 0) {
      throw new IOException(program + " " + exit());
    }
  }

  /** Waits until the condition holds. If the process ends before, or after a minute, it fails. */
  void await(BooleanSupplier condition) throws IOException {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (!condition.getAsBoolean()) {
      if (!process.isAlive()) {
        throw new IOException(program + " " + exit());
      }
      if (System.nanoTime() > end) {
        process.destroyForcibly();
        throw new IOException(
            "%s is not ready within %s%s".formatted(program, TIMEOUT, lastOutput()));
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** The exit status and the last output; empty if the process is alive. */
  String exit() {
    return process.isAlive() ? "" : "ended with %d%s".formatted(process.exitValue(), lastOutput());
  }

  private String lastOutput() {
    List<String> lines = output().lines().toList();
    int from = Math.max(0, lines.size() - SHOWN_LINES);
    return "; its last output: " + String.join(" / ", lines.subList(from, lines.size()));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
