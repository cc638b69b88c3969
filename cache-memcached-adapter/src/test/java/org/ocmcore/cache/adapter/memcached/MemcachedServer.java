package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A real memcached process on a free port of the loopback address, for the tests and benchmarks of
 * every module. It ends with this JVM at the latest.
 *
 * <p>This class is published in the module's test-jar, so it uses nothing but the JDK and
 * {@link Release}.
 */
public final class MemcachedServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Slab classes are up to a quarter larger than their items; the rest is reserve. */
  private static final double MEMORY_PER_ITEM_BYTE = 1.4;

  private static final int BASE_MEMORY_MIB = 128;

  /**
   * Ports lie below those that systems give to outgoing connections, which could otherwise take the
   * port of a server that is down.
   */
  private static final int MIN_PORT = 10_000;

  private static final int MAX_PORT = 30_000;

  /** The hash table's size that memcached itself starts with, as a power of 2. */
  private static final int MIN_HASH_POWER = 16;

  private final Release release;
  private final String host;
  private final int port;
  private List<String> arguments;
  private Process process;
  private Thread shutdownHook;

  private MemcachedServer(Release release, List<String> arguments) {
    this(release, "127.0.0.1", freePort(), arguments);
  }

  private MemcachedServer(Release release, String host, int port, List<String> arguments) {
    this.release = release;
    this.host = host;
    this.port = port;
    this.arguments = arguments;
  }

  /**
   * Starts a server and waits until it accepts connections.
   *
   * @param arguments options of memcached; they override the default of 64 MiB ({@code -m 64})
   * @throws IllegalStateException if memcached is not installed, or ends at once
   */
  public static MemcachedServer start(String... arguments) {
    return start(Release.INSTALLED, arguments);
  }

  /**
   * Starts servers on one port of several loopback addresses, as behind a name with all of them.
   *
   * @param hosts such as 127.0.0.1 and 127.0.0.2
   */
  public static List<MemcachedServer> startOnOnePort(String... hosts) {
    int port = freePort();
    List<MemcachedServer> servers = new ArrayList<>();
    for (String host : hosts) {
      MemcachedServer server = new MemcachedServer(Release.INSTALLED, host, port, List.of());
      server.launch();
      servers.add(server);
    }
    return servers;
  }

  /** Starts a server of this release; see {@link #start(String...)}. */
  public static MemcachedServer start(Release release, String... arguments) {
    MemcachedServer server = new MemcachedServer(release, List.of(arguments));
    server.launch();
    return server;
  }

  /**
   * Starts an empty server with enough memory for these items, so that it evicts none, and with a
   * hash table that does not grow while it is filled.
   *
   * @param count the number of items
   * @param itemBytes the average size of an item, with key and header
   * @param arguments further options of memcached
   */
  public static MemcachedServer startWithRoomFor(long count, long itemBytes, String... arguments) {
    long mebibytes =
        BASE_MEMORY_MIB + (long) (MEMORY_PER_ITEM_BYTE * count * itemBytes / (1 << 20));
    int hashPower = Math.max(MIN_HASH_POWER, 64 - Long.numberOfLeadingZeros(count));
    List<String> all =
        new ArrayList<>(List.of("-m", "" + mebibytes, "-o", "hashpower=" + hashPower));
    all.addAll(List.of(arguments));
    return start(all.toArray(String[]::new));
  }

  /** Returns a server that does not run yet: {@link #restart} starts it. */
  public static MemcachedServer down(String... arguments) {
    return new MemcachedServer(Release.INSTALLED, List.of(arguments));
  }

  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(MIN_PORT, MAX_PORT);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException taken) {
        // The next attempt takes another port.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void launch() {
    List<String> command = new ArrayList<>(List.of(release.program(), "-l", host, "-U", "0"));
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
    endWithJvm();
    await(() -> {
      if (!process.isAlive()) {
        throw new IllegalStateException(command + " ended with " + process.exitValue());
      }
      return isAccepting();
    });
  }

  private void endWithJvm() {
    if (shutdownHook == null) {
      shutdownHook = new Thread(() -> process.destroyForcibly());
      Runtime.getRuntime().addShutdownHook(shutdownHook);
    }
  }

  private boolean isAccepting() {
    int unix = arguments.indexOf("-s");
    SocketAddress address = unix < 0
        ? new InetSocketAddress(host, port)
        : UnixDomainSocketAddress.of(arguments.get(unix + 1));
    try (SocketChannel channel = SocketChannel.open(address)) {
      return channel.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  /** Returns {@code host:port}, or {@code unix:/path} if it was started with {@code -s}. */
  public String address() {
    int unix = arguments.indexOf("-s");
    return unix < 0 ? host + ":" + port : "unix:" + arguments.get(unix + 1);
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /** Returns whether the process runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Sends a line and then {@code quit} on a new connection; returns all responses. */
  public String command(String line) {
    try (Socket socket = connect()) {
      socket.getOutputStream().write((line + "\r\nquit\r\n").getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns a number of the server's {@code stats}.
   *
   * @throws java.util.NoSuchElementException if there is no such statistic
   */
  public long stat(String name) {
    return command("stats")
        .lines()
        .filter(line -> line.startsWith("STAT " + name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(6 + name.length())))
        .findFirst()
        .orElseThrow();
  }

  /** Returns the time by the server's clock, in whole seconds. */
  public Instant now() {
    return Instant.ofEpochSecond(stat("time"));
  }

  /** Waits until this time, and one second more, has passed by the server's clock. */
  public void elapse(Duration duration) {
    Instant end = now().plus(duration).plusSeconds(1);
    await(() -> !now().isBefore(end));
  }

  /** Kills the process and waits for its end. */
  public void stop() {
    ProcessEnd.await(process.destroyForcibly());
  }

  /** Kills the process if it runs, and starts an empty one on the same port. */
  public void restart() {
    if (process != null) {
      stop();
    }
    launch();
  }

  /** Does the same with other arguments. */
  public void restart(String... arguments) {
    this.arguments = List.of(arguments);
    restart();
  }

  /** Stops the process: the system still accepts connections, but nothing responds. */
  public void pause() {
    signal("-STOP");
    await(() -> state() == 'T');
  }

  /** Continues the process after {@link #pause}. */
  public void resume() {
    signal("-CONT");
    await(() -> state() != 'T');
  }

  private void signal(String signal) {
    try {
      ProcessEnd.await(new ProcessBuilder("kill", signal, String.valueOf(pid())).start());
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

  /** Waits until the condition is true; throws an {@link AssertionError} after 20 s. */
  public static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("The condition is still false after " + PATIENCE);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      stop();
      forgetShutdownHook();
    }
  }

  private void forgetShutdownHook() {
    if (shutdownHook == null) {
      return;
    }
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
      shutdownHook = null;
    } catch (IllegalStateException shuttingDown) {
      // The hook runs or has run; the process is already killed.
    }
  }
}
