package org.ocmcore.cache.app;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A server on this machine that speaks so much of memcached's text protocol that verbs and bulk
 * work can list, read and count its keys. It accepts all changes, reports them to watchers and
 * stores nothing. It always lists the same keys, or none between a flush and the next store. Its
 * threads end with the process.
 */
final class TrainingServer implements AutoCloseable {
  private static final int BUFFER_BYTES = 65_536;
  private static final String TEXT = "x".repeat(100);
  private static final String JSON = "{\"name\":\"" + "x".repeat(90) + "\"}";
  private static final String END = "\r\n";

  /** So that keys are as long as people make them. */
  private static final long FIRST = 10_000_000_000_000L;

  /** A prime, so that it leads to each of the keys. */
  private static final long STEP = 18_541;

  /** Statistics that the adapter needs. */
  private static final List<String> ZEROS = List.of(
      "bytes",
      "limit_maxbytes",
      "get_hits",
      "get_misses",
      "cmd_flush",
      "evictions",
      "cmd_set",
      "curr_connections",
      "total_items",
      "touch_hits",
      "incr_hits",
      "decr_hits",
      "delete_hits");

  private final ServerSocket socket;
  private final int keys;
  private final long start = Instant.now().getEpochSecond();
  private final TrainingFeed feed = new TrainingFeed();
  private volatile boolean isEmpty;

  private TrainingServer(ServerSocket socket, int keys) {
    this.socket = socket;
    this.keys = keys;
  }

  /** @param keys how many it lists, all with the prefix {@code user:profile:}; at least 1 */
  static TrainingServer start(int keys) throws IOException {
    TrainingServer server =
        new TrainingServer(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), keys);
    Threads.daemons("training").newThread(server::accept).start();
    return server;
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        client.setTcpNoDelay(true);
        Threads.daemons("training-client").newThread(() -> serve(client)).start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        InputStream in = new BufferedInputStream(client.getInputStream(), BUFFER_BYTES);
        BufferedOutputStream out =
            new BufferedOutputStream(client.getOutputStream(), BUFFER_BYTES)) {
      for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
        if (line.startsWith("ms ")) {
          in.skipNBytes(Integer.parseInt(line.split(" ")[2]) + END.length());
        }
        out.write(response(line).getBytes(StandardCharsets.ISO_8859_1));
        note(line, out);
        if (in.available() == 0) {
          out.flush();
          feed.flush();
        }
      }
    } catch (IOException gone) {
      return;
    }
  }

  /** Does what other connections notice of a command. */
  private void note(String line, BufferedOutputStream out) {
    String[] words = line.split(" ", 3);
    switch (words[0]) {
      case "flush_all" -> isEmpty = true;
      case "ms" -> {
        isEmpty = false;
        feed.stored(words[1]);
      }
      case "md" -> feed.deleted(words[1]);
      case "watch" -> feed.add(line, out);
      default -> {}
    }
  }

  /** Returns a line without its end; empty if there is none. */
  private static String readLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  /** @param line a command of memcached's doc/protocol.txt */
  private String response(String line) {
    return switch (line.split(" ", 2)[0]) {
      case "version" -> "VERSION 1.6.38" + END;
      case "lru_crawler" -> list();
      case "stats" -> statistics();
      case "mg" -> done(line);
      case "ms", "md" -> line.contains(" q ") ? "" : done(line);
      case "me" ->
        "ME %s exp=-1 la=1 cas=1 fetch=no cls=1 size=170".formatted(line.split(" ")[1]) + END;
      case "mn" -> "MN" + END;
      case "watch", "flush_all" -> "OK" + END;
      default -> "ERROR" + END;
    };
  }

  private String statistics() {
    long now = Instant.now().getEpochSecond();
    Stream<String> known = Stream.of(
        "version 1.6.38",
        "pid 1",
        "time " + now,
        "uptime " + (now - start),
        "curr_items " + (isEmpty ? 0 : keys),
        "item_size_max 1048576",
        "lru_crawler yes");
    return Stream.concat(known, ZEROS.stream().map(name -> name + " 0"))
        .map(stat -> "STAT " + stat + END)
        .collect(Collectors.joining("", "", "END" + END));
  }

  /** In an order in which no key follows its neighbour, as memcached lists them. */
  private String list() {
    String rest =
        " exp=-1 la=%d cas=1 fetch=no cls=1 size=170".formatted(Instant.now().getEpochSecond())
            + END;
    return IntStream.rangeClosed(1, isEmpty ? 0 : keys)
        .mapToObj(i -> "key=user:profile:" + (FIRST + i * STEP % keys) + rest)
        .collect(Collectors.joining("", "", "END" + END));
  }

  /** The answer to a meta command whose key is there. */
  private static String done(String command) {
    String[] parts = command.split(" ");
    String value = parts[1].endsWith("0") ? JSON : TEXT;
    String flags = Stream.of(parts)
        .skip(2)
        .map(flag -> switch (flag.charAt(0)) {
          case 'f' -> " f0";
          case 't' -> " t-1";
          case 'c' -> " c1";
          case 's' -> " s" + value.length();
          case 'k' -> " k" + parts[1];
          case 'O' -> " " + flag;
          default -> "";
        })
        .collect(Collectors.joining());
    return command.contains(" v ")
        ? "VA " + value.length() + flags + END + value + END
        : "HD" + flags + END;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
