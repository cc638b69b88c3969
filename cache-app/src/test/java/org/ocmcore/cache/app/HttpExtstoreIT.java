package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.adapter.memcached.Release;

/** A server that keeps the values in a file (extstore). */
class HttpExtstoreIT {
  private static final int KEYS = 200;
  private static final int VALUE_BYTES = 10_000;

  @TempDir
  Path folder;

  private MemcachedServer server;
  private RunningService service;
  private ApiClient api;

  @BeforeEach
  void start() throws IOException {
    // Memcached may run as another user.
    Path file = Files.createFile(folder.resolve("values"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    server = MemcachedServer.start(
        Release.NEWER, "-o", "ext_path=" + file + ":64m,ext_item_age=0,ext_item_size=512");
    fill();
    service = RunningService.start(
        StoreKind.MEMORY, "development", Map.of("MEMCACHED_SERVERS", server.address()));
    api = service.client();
  }

  @AfterEach
  void close() {
    service.close();
    server.close();
  }

  private void fill() throws IOException {
    StringBuilder stores = new StringBuilder();
    for (int i = 0; i < KEYS; i++) {
      stores.append("set ext:%03d 7 0 %d noreply\r\n".formatted(i, VALUE_BYTES));
      stores.append(value(i)).append("\r\n");
    }
    stores.append("mn\r\n");
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.getOutputStream().write(stores.toString().getBytes(StandardCharsets.US_ASCII));
      assertEquals('M', socket.getInputStream().read());
    }
    Await.until(() -> server.stat("extstore_objects_used") == KEYS);
  }

  private static String value(int index) {
    return "%05d".formatted(index).repeat(VALUE_BYTES / 5);
  }

  @Test
  void valuesInTheFileAreListedAndRead() {
    ApiClient.Reply list =
        api.get("/keys/?prefix=ext:&fresh=true&details=true&limit=1").expect(200);
    assertEquals(KEYS, list.number("total_keys"));
    long size = list.at("keys").get(0).get("size_bytes").longValue();
    assertTrue(size > VALUE_BYTES, () -> "the size is " + size);
    assertEquals(value(7), api.get("/key/ext:007/").expect(200).text("value"));
    assertEquals(
        value(9),
        api.send("POST", "/keys/get/", "{\"keys\": [\"ext:008\", \"ext:009\"]}")
            .expect(200)
            .at("values")
            .get("ext:009")
            .stringValue());
    assertTrue(server.stat("get_extstore") >= 3);
  }

  @Test
  void valuesInTheFileAreDumpedAndRestored() {
    assertEquals(KEYS, api.send("POST", "/", "{}").expect(200).number("entries"));
    assertTrue(server.stat("get_extstore") >= KEYS);
    server.command("flush_all");
    assertEquals(KEYS, api.send("POST", "/restore/", "{}").expect(200).number("restored"));
    for (int i = 0; i < KEYS; i++) {
      assertTrue(server
          .command("get ext:%03d".formatted(i))
          .startsWith("VALUE ext:%03d 7 %d\r\n%s\r\n".formatted(i, VALUE_BYTES, value(i))));
    }
  }

  @Test
  void valuesInTheFileAreRefreshedAndDeleted() {
    String refresh = "{\"pattern\": \"^ext:\", \"timeout\": 7200}";
    assertEquals(
        KEYS, api.send("PUT", "/pattern/manage/", refresh).expect(200).number("refreshed_count"));
    assertTrue(server.command("mg ext:001 t").startsWith("HD t7"));
    String delete = "{\"pattern\": \"^ext:\"}";
    assertEquals(
        KEYS, api.send("DELETE", "/pattern/manage/", delete).expect(200).number("deleted_count"));
    assertEquals(0, server.stat("curr_items"));
    assertEquals(0, server.stat("get_extstore"));
  }
}
