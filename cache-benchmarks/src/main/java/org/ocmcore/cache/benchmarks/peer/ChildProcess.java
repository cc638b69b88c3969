package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A process that ends with this one, whatever ends this one short of SIGKILL. */
final class ChildProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long PAUSE_NANOS = 5_000_000;
  private static final int SHOWN_LINES = 5;

  private final List<String> command;
  private final Process process;
  private final Path output;
  private final Thread last;

  /**
   * @param environment added to this process's own, from which names that begin with {@code CACHE_}
   *     or {@code MEMCACHED_} are taken: they are not the reader's settings that are measured
   */
  ChildProcess(Path folder, List<String> command, Map<String, String> environment)
      throws IOException {
    this.command = List.copyOf(command);
    output = folder.resolve("output");
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("CACHE_") || name.startsWith("MEMCACHED_"));
    builder.environment().putAll(environment);
    process = builder.start();
    last = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(last);
  }

  /** The same Java machine that this one is, with these options. */
  static ChildProcess ofJava(Path folder, List<String> options, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    return new ChildProcess(folder, command, environment);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  long pid() {
    return process.pid();
  }

  /** All it has said so far. */
  String output() throws IOException {
    return Files.readString(output);
  }

  void awaitPort(int port) throws IOException {
    await(() -> {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return socket.isConnected();
      } catch (IOException notYet) {
        return false;
      }
    });
  }

  void await(Condition condition) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (!process.isAlive()) {
        throw new IOException(command.get(0) + " " + end());
      }
      if (System.nanoTime() > end) {
        throw new IOException(
            "%s is not ready within %s%s".formatted(command.get(0), PATIENCE, lastWords()));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** How it ended and what it said last; empty if it runs. */
  String end() throws IOException {
    return process.isAlive() ? "" : "ended with %d%s".formatted(process.exitValue(), lastWords());
  }

  private String lastWords() throws IOException {
    List<String> lines = output().lines().toList();
    return "; it said: "
        + String.join(" / ", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
  }

  /** Something to wait for. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws IOException;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(last);
    } catch (IllegalStateException e) {
      // It is running.
    }
  }
}
