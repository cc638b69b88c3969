package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.http.ApiClient;

/** A listing that no client reads any more gives back its place, long before its end. */
@Timeout(60)
class ListingDisconnectIT {
  /** Far more than the buffers on the way hold. */
  private static final int KEYS = 400_000;

  @TempDir
  private Path folder;

  private static boolean hasThePlace(ApiClient api) {
    return IntStream.range(0, 5).allMatch(i -> api.get("/service/").status() == 429);
  }

  private static Socket listing(int port) throws IOException {
    Socket client = new Socket();
    client.setReceiveBufferSize(4_096);
    client.connect(new InetSocketAddress("127.0.0.1", port));
    client
        .getOutputStream()
        .write("GET /api/cache/keys/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    return client;
  }

  private static boolean isAnswered(Socket client) throws IOException {
    String ok = "HTTP/1.1 200";
    byte[] begin = client.getInputStream().readNBytes(ok.length());
    return new String(begin, StandardCharsets.US_ASCII).equals(ok);
  }

  @Test
  void aListingEndsWhenItsClientLeaves() throws Exception {
    LargeDump.write(folder.resolve("dumps/dump.json"), KEYS);
    try (JarProcess process = JarProcess.start(
        folder, "exec", List.of(), Map.of("CACHE_HTTP_MAX_REQUESTS_PER_ADDRESS", "1"))) {
      int port = process.awaitPort();
      ApiClient api = new ApiClient(port);
      assertEquals(KEYS, api.send("POST", "/restore/", "{}").expect(200).number("restored"));
      Socket client = listing(port);
      while (!isAnswered(client)) {
        // The place of the request before was not free yet.
        client.close();
        client = listing(port);
      }
      Await.until(() -> hasThePlace(api));
      client.close();
      Await.until(() -> api.get("/service/").status() == 200);
    }
  }
}
