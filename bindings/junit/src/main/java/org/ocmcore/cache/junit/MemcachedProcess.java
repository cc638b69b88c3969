package org.ocmcore.cache.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * An empty memcached on a free port of the loopback address. It ends when it is closed, or with
 * this JVM.
 */
final class MemcachedProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Another process may take the port that was free; a second time in a row is unlikely. */
  private static final int ATTEMPTS = 5;

  /**
   * Reads from a pipe that this JVM never writes to. It ends with the JVM, even if that is killed,
   * and then memcached is killed. Signals that end the JVM must not end the shell first.
   */
  private static final String WATCH = "trap '' HUP INT TERM; read -r end; kill -9 \"$1\"";

  private final Process process;
  private final Process watch;
  private final int port;

  private MemcachedProcess(Process process, Process watch, int port) {
    this.process = process;
    this.watch = watch;
    this.port = port;
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @param program a path, or a name on the {@code PATH}
   * @throws ExtensionConfigurationException if the program cannot be started, or ends at once
   */
  static MemcachedProcess start(String program) {
    for (int attempt = 1; ; attempt++) {
      MemcachedProcess server = launch(program, freePort());
      if (server.awaitAnswer()) {
        return server;
      }
      String output = server.output();
      server.close();
      if (attempt == ATTEMPTS) {
        throw new ExtensionConfigurationException(program + " ended with status "
            + server.process.exitValue() + ": " + output
            + ". Name a memcached that runs here with -D" + TestSettings.PROGRAM + "=<path>");
      }
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MemcachedProcess launch(String program, int port) {
    List<String> command =
        new ArrayList<>(List.of(program, "-l", "127.0.0.1", "-U", "0", "-p", "" + port));
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("-u", "nobody"));
    }
    Process process = execute(command, program);
    try {
      Process watch = new ProcessBuilder("sh", "-c", WATCH, "watch", "" + process.pid()).start();
      return new MemcachedProcess(process, watch, port);
    } catch (IOException e) {
      process.destroyForcibly();
      throw new UncheckedIOException("the shell that ends memcached with this JVM", e);
    }
  }

  private static Process execute(List<String> command, String program) {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new ExtensionConfigurationException(
          "This test needs a real memcached, but the program \"" + program
              + "\" cannot be started. Install it (apt-get install memcached, or brew install"
              + " memcached), name it with -D" + TestSettings.PROGRAM + "=<path> or "
              + TestSettings.PROGRAM_VARIABLE + ", or choose the store in memory",
          e);
    }
  }

  /** Waits until the server answers; returns false if it ended. */
  private boolean awaitAnswer() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!process.waitFor(2, TimeUnit.MILLISECONDS)) {
        if (answers()) {
          return true;
        }
        if (System.nanoTime() > end) {
          close();
          throw new ExtensionConfigurationException(
              "memcached on " + address() + " did not answer within " + PATIENCE);
        }
      }
      return false;
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new ExtensionConfigurationException("interrupted while memcached started", e);
    }
  }

  /** Whether this process answers on the port, not another that has just taken it. */
  private boolean answers() {
    try (Socket socket = new Socket()) {
      int timeout = (int) PATIENCE.toMillis();
      socket.connect(new InetSocketAddress("127.0.0.1", port), timeout);
      socket.setSoTimeout(timeout);
      socket.getOutputStream().write("stats\r\nquit\r\n".getBytes(StandardCharsets.US_ASCII));
      String stats = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return stats.lines().anyMatch(("STAT pid " + process.pid())::equals);
    } catch (IOException notYet) {
      return false;
    }
  }

  /** What the process has printed. It has ended. */
  private String output() {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns {@code host:port}. */
  String address() {
    return "127.0.0.1:" + port;
  }

  /** Kills the process and waits for its end. Closing twice does nothing. */
  @Override
  public void close() {
    // The shell first: later it might kill another process that got the same number.
    awaitEnd(watch.destroyForcibly());
    awaitEnd(process.destroyForcibly());
  }

  /**
   * Not by {@code onExit()}: what it returns completes on the common pool, whose only thread a test
   * may hold.
   */
  private static void awaitEnd(Process process) {
    boolean isInterrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
