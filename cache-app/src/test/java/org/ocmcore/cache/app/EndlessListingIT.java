package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.http.ApiClient;

/** A server whose listing of keys never ends fills the index, and does no more harm than that. */
class EndlessListingIT {
  private static final String LINE = "key=%0210d exp=-1 la=1 cas=1 fetch=no cls=1 size=99\n";

  @TempDir
  private Path folder;

  private static void serve(Socket client) {
    try (client) {
      BufferedReader in = new BufferedReader(
          new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = client.getOutputStream();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("lru_crawler")) {
          list(out);
        }
        out.write(answer(line).getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException hungUp) {
      // The service has had enough.
    }
  }

  private static void list(OutputStream out) throws IOException {
    for (long i = 0; ; i++) {
      out.write(LINE.formatted(i).getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private static String answer(String line) {
    return switch (line.split(" ")[0]) {
      case "version" -> "VERSION 1.6.38\r\n";
      case "mn" -> "MN\r\n";
      case "stats" ->
        "STAT pid 1\r\nSTAT uptime 100\r\nSTAT time 1700000000\r\nSTAT version 1.6.38\r\n"
            + "STAT curr_items 3\r\nSTAT cmd_flush 0\r\nSTAT item_size_max 1048576\r\n"
            + "STAT binding_protocol ascii\r\nEND\r\n";
      default -> "EN\r\n";
    };
  }

  private static void accept(ServerSocket listener) {
    try {
      while (true) {
        Socket client = listener.accept();
        new Thread(() -> serve(client)).start();
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xmx128m", "-Xmx300m"})
  void theIndexStopsInTime(String heap) throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      new Thread(() -> accept(listener)).start();
      String address = "127.0.0.1:" + listener.getLocalPort();
      try (JarProcess process =
          JarProcess.start(folder, "exec", List.of(heap), Map.of("MEMCACHED_SERVERS", address))) {
        ApiClient api = process.client();
        // A walk, and another one on the index that the first has left.
        for (int i = 0; i < 2; i++) {
          String detail = api.get("/keys/?fresh=true&limit=1")
              .expectProblem(503, "store-unavailable")
              .text("detail");
          assertTrue(detail.contains("the index is full"), detail);
        }
        assertTrue(process.isAlive(), process::err);
        assertFalse(process.err().contains("OutOfMemory"), process::err);
      }
    }
  }
}
