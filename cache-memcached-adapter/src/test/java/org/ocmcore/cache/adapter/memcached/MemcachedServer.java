package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A real memcached on a free port of the loopback, for tests. */
public final class MemcachedServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Release release;
  private final int port;
  private List<String> arguments;
  private Process process;

  private MemcachedServer(Release release, List<String> arguments) {
    this.release = release;
    this.port = freePort();
    this.arguments = arguments;
  }

  /** Starts one and waits until it accepts connections. */
  public static MemcachedServer start(String... arguments) {
    return start(Release.INSTALLED, arguments);
  }

  /** Starts one of this release. */
  public static MemcachedServer start(Release release, String... arguments) {
    MemcachedServer server = new MemcachedServer(release, List.of(arguments));
    server.launch();
    return server;
  }

  /** One that is not running yet: {@link #restart} starts it. */
  public static MemcachedServer down(String... arguments) {
    return new MemcachedServer(Release.INSTALLED, List.of(arguments));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void launch() {
    List<String> command =
        new ArrayList<>(List.of(release.program(), "-l", "127.0.0.1", "-U", "0"));
    command.addAll(List.of("-p", String.valueOf(port), "-m", "64"));
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("-u", "nobody"));
    }
    command.addAll(arguments);
    try {
      process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new IllegalStateException(
          "these tests need a real memcached: install it (apt-get install memcached)", e);
    }
    await(() -> {
      if (!process.isAlive()) {
        throw new IllegalStateException(command + " ended with " + process.exitValue());
      }
      return accepts();
    });
  }

  private boolean accepts() {
    try (Socket socket = connect()) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress("127.0.0.1", port), (int) PATIENCE.toMillis());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  /** {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /** Whether the process runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Sends a line, and then {@code quit}; returns all that came back. */
  public String command(String line) {
    try (Socket socket = connect()) {
      socket.getOutputStream().write((line + "\r\nquit\r\n").getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A number among the server's {@code stats}. */
  public long stat(String name) {
    return command("stats")
        .lines()
        .filter(line -> line.startsWith("STAT " + name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(6 + name.length())))
        .findFirst()
        .orElseThrow();
  }

  /** The server's clock. */
  public Instant now() {
    return Instant.ofEpochSecond(stat("time"));
  }

  /** Waits until this much time has passed by the server's clock, and a second more. */
  public void elapse(Duration duration) {
    Instant end = now().plus(duration).plusSeconds(1);
    await(() -> !now().isBefore(end));
  }

  /** Ends the process at once. */
  public void stop() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Starts it on the same port, empty. */
  public void restart() {
    if (process != null) {
      stop();
    }
    launch();
  }

  /** Starts it on the same port, empty, with other arguments. */
  public void restart(String... arguments) {
    this.arguments = List.of(arguments);
    restart();
  }

  /** Freezes the process: connections are accepted by the system, and nothing answers. */
  public void pause() {
    signal("-STOP");
    await(() -> state() == 'T');
  }

  /** Lets it go on. */
  public void resume() {
    signal("-CONT");
    await(() -> state() != 'T');
  }

  private void signal(String signal) {
    try {
      new ProcessBuilder("kill", signal, String.valueOf(pid())).start().onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private char state() {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(pid()), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the condition holds. */
  public static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not happen within " + PATIENCE);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      stop();
    }
  }
}
