package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.adapter.memcached.Relay;

/** Work on many keys of a real server that is far away: it gets on, and ends. */
@Timeout(120)
class HttpFarServerIT {
  private static final int KEYS = 20_000;

  private final MemcachedServer server = MemcachedServer.start();
  private Relay relay;
  private RunningService service;

  @AfterEach
  void close() {
    service.close();
    relay.close();
    server.close();
  }

  private ApiClient api(Duration roundTrip) throws IOException {
    fill();
    relay = Relay.to(server, roundTrip);
    service = RunningService.start(
        StoreKind.MEMORY,
        "development",
        Map.of("MEMCACHED_SERVERS", relay.address(), "MEMCACHED_TIMEOUT_MS", "1500"));
    return service.client();
  }

  /** From nearby. */
  private void fill() throws IOException {
    StringBuilder stores = new StringBuilder();
    for (int i = 0; i < KEYS; i++) {
      stores.append("set far:%05d 0 0 100 noreply\r\n".formatted(i)).append("x".repeat(100));
      stores.append("\r\n");
    }
    stores.append("mn\r\n");
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.getOutputStream().write(stores.toString().getBytes(StandardCharsets.US_ASCII));
      assertEquals('M', socket.getInputStream().read());
    }
  }

  @Test
  void aDumpAndARestoreGetOn() throws IOException {
    ApiClient api = api(Duration.ofMillis(200));
    assertEquals(KEYS, api.send("POST", "/", "{}").expect(200).number("entries"));
    server.command("flush_all");
    assertEquals(KEYS, api.send("POST", "/restore/", "{}").expect(200).number("restored"));
    assertEquals(KEYS, server.stat("curr_items"));
  }

  @Test
  void changesByPatternGetOn() throws IOException {
    ApiClient api = api(Duration.ofMillis(200));
    String refresh = "{\"pattern\": \"^far:\", \"timeout\": 7200}";
    assertEquals(
        KEYS, api.send("PUT", "/pattern/manage/", refresh).expect(200).number("refreshed_count"));
    String delete = "{\"pattern\": \"^far:\"}";
    assertEquals(
        KEYS, api.send("DELETE", "/pattern/manage/", delete).expect(200).number("deleted_count"));
  }

  /** With 25 keys a round trip it would take minutes. */
  @Test
  void aRateIsKeptFromAfar() throws IOException {
    ApiClient api = api(Duration.ofMillis(200));
    String paced = "{\"pattern\": \"^far:\", \"timeout\": 7200, \"rate\": 10000}";
    assertEquals(
        KEYS, api.send("PUT", "/pattern/manage/", paced).expect(200).number("refreshed_count"));
  }
}
