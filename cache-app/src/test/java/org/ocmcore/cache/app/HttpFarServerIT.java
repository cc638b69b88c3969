package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
  private int waitsBefore;

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

  private void begin() {
    waitsBefore = relay.waits();
  }

  /**
   * The statistics that are fetched each second, and walks, wait as well; batches of 100 keys that
   * wait for each other would take 200 round trips.
   */
  private void assertFewWaits() {
    int waits = relay.waits() - waitsBefore;
    assertTrue(waits < 60, () -> waits + " round trips");
  }

  @Test
  void aDumpAndARestoreGetOn() throws IOException {
    ApiClient api = api(Duration.ofMillis(200));
    begin();
    assertEquals(KEYS, api.send("POST", "/", "{}").expect(200).number("entries"));
    assertFewWaits();
    server.command("flush_all");
    begin();
    assertEquals(KEYS, api.send("POST", "/restore/", "{}").expect(200).number("restored"));
    assertFewWaits();
    assertEquals(KEYS, server.stat("curr_items"));
  }

  @Test
  void changesByPatternGetOn() throws IOException {
    ApiClient api = api(Duration.ofMillis(200));
    begin();
    String refresh = "{\"pattern\": \"^far:\", \"timeout\": 7200}";
    assertEquals(
        KEYS, api.send("PUT", "/pattern/manage/", refresh).expect(200).number("refreshed_count"));
    assertFewWaits();
    begin();
    String delete = "{\"pattern\": \"^far:\"}";
    assertEquals(
        KEYS, api.send("DELETE", "/pattern/manage/", delete).expect(200).number("deleted_count"));
    assertFewWaits();
  }

  @Test
  void readingGetsOn() throws IOException {
    ApiClient api = api(Duration.ofMillis(200));
    begin();
    assertEquals(KEYS, api.get("/keys/?prefix=far:&limit=1").expect(200).number("total_keys"));
    String keys = IntStream.range(0, 1_000)
        .mapToObj("\"far:%05d\""::formatted)
        .collect(Collectors.joining(","));
    assertEquals(
        1_000,
        api.send("POST", "/keys/get/", "{\"keys\": [" + keys + "]}")
            .expect(200)
            .at("values")
            .size());
    api.get("/key/far:00007/").expect(200);
    api.get("/key/missing/").expect(404);
    api.get("/stats/").expect(200);
    assertFewWaits();
  }

  @Test
  void everythingIsCleared() throws IOException {
    ApiClient api = api(Duration.ofMillis(200));
    api.delete("/").expect(200);
    assertEquals(0, api.get("/keys/").expect(200).number("total_keys"));
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
