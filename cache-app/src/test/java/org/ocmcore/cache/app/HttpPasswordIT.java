package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;

/** The service on a server that wants a password, with the right one and with a wrong one. */
class HttpPasswordIT {
  private Path users;
  private MemcachedServer server;

  @BeforeEach
  void start() throws IOException {
    users = Files.createTempFile("users", "");
    Files.writeString(users, "app:hunter2\n");
    // memcached reads it as another user.
    assertTrue(users.toFile().setReadable(true, false));
    server = MemcachedServer.start("-Y", users.toString());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    Files.delete(users);
  }

  private RunningService service(String password) {
    return RunningService.start(
        StoreKind.MEMORY,
        "development",
        Map.of(
            "MEMCACHED_SERVERS",
            server.address(),
            "MEMCACHED_USERNAME",
            "app",
            "MEMCACHED_PASSWORD",
            password));
  }

  @Test
  void everythingWorksAndNothingShowsThePassword() {
    try (RunningService service = service("hunter2")) {
      ApiClient api = service.client();
      api.put("a", "1");
      assertEquals(1, api.get("/keys/?fresh=true").expect(200).number("total_keys"));
      api.send("POST", "/", null).expect(200);
      Reply stats = api.get("/stats/").expect(200);
      assertEquals("***", stats.at("env_config").get("MEMCACHED_PASSWORD").stringValue());
      assertEquals("app", stats.at("env_config").get("MEMCACHED_USERNAME").stringValue());
      assertFalse(stats.toString().contains("hunter2"), stats::toString);
      Reply settings = api.get("/settings/").expect(200);
      assertTrue(settings.toString().contains("***"), settings::toString);
      assertFalse(settings.toString().contains("hunter2"), settings::toString);
    }
  }

  @Test
  void aWrongPasswordIsReportedWithoutShowingIt() {
    try (RunningService service = service("hunter3")) {
      ApiClient api = service.client();
      Reply refused = api.get("/key/a/").expect(503);
      String reason = "it rejects the user or the password: check MEMCACHED_USERNAME";
      assertTrue(refused.text("detail").contains(reason), refused::toString);
      Reply stats = api.get("/stats/").expect(503);
      assertTrue(stats.text("detail").contains(reason), stats::toString);
      assertFalse((refused + " " + stats).contains("hunter3"));
    }
  }
}
