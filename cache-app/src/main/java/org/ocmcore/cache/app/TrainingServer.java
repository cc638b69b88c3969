package org.ocmcore.cache.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A server on this machine that speaks so much of memcached's text protocol that verbs can list,
 * show and count one key. Its threads end with the process.
 */
final class TrainingServer implements AutoCloseable {
  private static final String KEY = "user:1";
  private static final String VALUE = "{\"name\":\"x\"}";
  private static final String END = "\r\n";

  private final ServerSocket socket;

  private TrainingServer(ServerSocket socket) {
    this.socket = socket;
  }

  static TrainingServer start() throws IOException {
    TrainingServer server =
        new TrainingServer(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
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
        Threads.daemons("training-client").newThread(() -> serve(client)).start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void serve(Socket client) {
    try (client;
        BufferedReader in = new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        OutputStream out = client.getOutputStream()) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.write(response(line.strip()).getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException gone) {
      return;
    }
  }

  /** @param line a command of memcached's doc/protocol.txt */
  private static String response(String line) {
    long now = Instant.now().getEpochSecond();
    return switch (line.split(" ", 2)[0]) {
      case "version" -> "VERSION 1.6.38" + END;
      case "lru_crawler" ->
        "key=%s exp=-1 la=%d cas=1 fetch=no cls=1 size=70".formatted(KEY, now) + END + "END" + END;
      case "stats" ->
        Stream.of(
                    "version 1.6.38",
                    "time " + now,
                    "uptime 1",
                    "curr_items 1",
                    "item_size_max 1048576",
                    "lru_crawler yes")
                .map(stat -> "STAT " + stat + END)
                .collect(Collectors.joining())
            + "END" + END;
      case "mg" -> found(line);
      case "me" -> "ME %s exp=-1 la=1 cas=1 fetch=no cls=1 size=70".formatted(KEY) + END;
      case "mn" -> "MN" + END;
      default -> "ERROR" + END;
    };
  }

  private static String found(String get) {
    String flags = Stream.of(get.split(" "))
        .skip(2)
        .map(flag -> switch (flag.charAt(0)) {
          case 'f' -> " f0";
          case 't' -> " t-1";
          case 'c' -> " c1";
          case 's' -> " s" + VALUE.length();
          case 'k' -> " k" + get.split(" ")[1];
          case 'O' -> " " + flag;
          default -> "";
        })
        .collect(Collectors.joining());
    return get.contains(" v ")
        ? "VA " + VALUE.length() + flags + END + VALUE + END
        : "HD" + flags + END;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
