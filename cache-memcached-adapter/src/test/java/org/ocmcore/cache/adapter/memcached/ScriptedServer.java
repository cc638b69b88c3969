package org.ocmcore.cache.adapter.memcached;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fake server that responds by the scripts of a test. Commands without a script get the response
 * of an empty memcached.
 */
final class ScriptedServer implements AutoCloseable {
  private static final Pattern OPAQUE = Pattern.compile(" O\\d+");
  private static final Pattern META_ANSWER = Pattern.compile("^(VA|HD|EN|NS|NF|EX)\\b[^\r\n]*");

  private final ServerSocket listener;
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<String> receivedCommands = new ConcurrentLinkedQueue<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final List<Integer> keyConnectionIds = new CopyOnWriteArrayList<>();
  private volatile Script greeting = peer -> {};
  private volatile Script beforeData = peer -> {};
  private volatile Duration clockOffset = Duration.ZERO;

  /** What the server does on a command. */
  @FunctionalInterface
  interface Script {
    void play(Peer peer) throws IOException;
  }

  private ScriptedServer() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    version("1.6.38");
    on(
        "stats settings",
        peer -> peer.send("STAT item_size_max 1048576\r\nSTAT binding_protocol ascii\r\nEND\r\n"));
    on("stats", peer -> peer.send("STAT time " + now().getEpochSecond() + "\r\nEND\r\n"));
    on("mg", peer -> peer.send("EN\r\n"));
    on("ms", peer -> peer.send("HD\r\n"));
    on("md", peer -> peer.send("NF\r\n"));
    on("ma", peer -> peer.send("VA 1\r\n1\r\n"));
    on("me", peer -> peer.send("EN\r\n"));
    on("mn", peer -> peer.send("MN\r\n"));
    on("lru_crawler", peer -> peer.send("END\r\n"));
    on("flush_all", peer -> peer.send("OK\r\n"));
  }

  static ScriptedServer start() {
    try {
      ScriptedServer server = new ScriptedServer();
      daemon(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Plays the script on every command with this prefix; the longest prefix wins. */
  ScriptedServer on(String command, Script script) {
    scripts.put(command, script);
    return this;
  }

  /** Sets the version that the server reports. */
  ScriptedServer version(String version) {
    return on("version", peer -> peer.send("VERSION " + version + "\r\n"));
  }

  /** Plays the script on each new connection. */
  ScriptedServer onConnect(Script script) {
    greeting = script;
    return this;
  }

  /** Plays the script between reading the line of {@code ms} and its data. */
  ScriptedServer beforeData(Script script) {
    beforeData = script;
    return this;
  }

  /** Sets the server's clock ahead of the local one. */
  ScriptedServer clockAhead(Duration offset) {
    clockOffset = offset;
    return this;
  }

  Instant now() {
    return Clock.systemUTC().instant().plus(clockOffset);
  }

  String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  InetSocketAddress socketAddress() {
    return new InetSocketAddress("127.0.0.1", listener.getLocalPort());
  }

  /** Opens a store on this server alone. */
  MemcachedStore store(Duration timeout) {
    return MemcachedStore.open(
        new MemcachedSettings(List.of(address()), timeout, Ring.KETAMA, FeedMode.AUTO),
        Clock.systemUTC());
  }

  /** Returns the lines of all commands received so far, without data. */
  List<String> receivedCommands() {
    return List.copyOf(receivedCommands);
  }

  /** Returns the number of connections accepted so far. */
  int connections() {
    return connections.get();
  }

  /** Returns the number of connections that have carried {@code mg}. */
  long keyConnections() {
    return keyConnectionIds.stream().distinct().count();
  }

  private void accept() {
    for (int number = 1; ; number++) {
      int connection = number;
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        connections.incrementAndGet();
        daemon(() -> serve(socket, connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      Peer peer = new Peer(socket);
      greeting.play(peer);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (String line = line(in); line != null; line = line(in)) {
        receivedCommands.add(line);
        peer.command = line;
        if (line.startsWith("ms ")) {
          beforeData.play(peer);
          in.readNBytes(Integer.parseInt(line.split(" ")[2]) + 2);
        }
        if (line.startsWith("mg ")) {
          keyConnectionIds.add(number);
        }
        script(line).play(peer);
      }
    } catch (IOException ended) {
      sockets.remove(socket);
    }
  }

  private Script script(String line) {
    String longest = scripts.keySet().stream()
        .filter(line::startsWith)
        .max((one, other) -> one.length() - other.length())
        .orElseThrow(() -> new IllegalStateException("no script for " + line));
    return scripts.get(longest);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return null;
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server's side of a connection. */
  static final class Peer {
    private final Socket socket;
    private String command = "";

    private Peer(Socket socket) {
      this.socket = socket;
    }

    /** Sends the text; adds the opaque of the current meta command to a response. */
    void send(String text) throws IOException {
      sendUnchanged(META_ANSWER.matcher(text).replaceFirst("$0" + opaque()));
    }

    private String opaque() {
      Matcher opaque = OPAQUE.matcher(command);
      return command.startsWith("m") && opaque.find() ? opaque.group() : "";
    }

    /** Returns the second word of the current command, which is the key of a meta command. */
    String key() {
      return command.split(" ")[1];
    }

    /** Returns whether the current command asks for an answer only if it fails. */
    boolean isQuiet() {
      return (command + " ").contains(" q ");
    }

    void sendUnchanged(String text) throws IOException {
      send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
    }

    /** Sends the text repeatedly until the connection ends. */
    void sendForEver(String text) throws IOException {
      while (true) {
        send(text);
      }
    }

    /** Sends the text slowly: one byte in 20 ms. */
    void drip(String text) throws IOException {
      for (char next : text.toCharArray()) {
        sendUnchanged(String.valueOf(next));
        LockSupport.parkNanos(20_000_000);
      }
    }

    /** Sends nothing for this time. */
    void silence(Duration duration) {
      LockSupport.parkNanos(duration.toNanos());
    }

    void hangUp() throws IOException {
      socket.close();
    }
  }
}
