package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(Map<String, String> environment, String... arguments) {
    return new Main(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment)
        .run(List.of(arguments));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void helpNamesEveryCommandAndSetting() {
    assertEquals(0, run(Map.of(), "--help"));
    assertTrue(out().contains("cache serve"));
    for (Setting setting : Setting.values()) {
      assertTrue(out().contains(setting.name()), setting.name());
      assertTrue(out().contains(setting.standard()), setting.name());
    }
  }

  @Test
  void versionIsALine() {
    assertEquals(0, run(Map.of(), "--version"));
    assertTrue(out().matches("Cache App .+\\R"), out());
  }

  @Test
  void wrongUsageIsToldInALine() {
    assertEquals(2, run(Map.of()));
    assertEquals(2, run(Map.of(), "sevre"));
    assertEquals(2, run(Map.of(), "serve", "--port"));
    assertTrue(
        err().contains("serve takes no arguments, \"--port\" was given; settings are environment"));
    assertTrue(err().contains("unknown command: sevre; try cache --help"));
    assertEquals(3, err().lines().count());
  }

  @Test
  void aBadSettingKeepsItFromStarting() {
    assertEquals(1, run(Map.of("CACHE_ENVIRONMENT", "staging"), "serve"));
    assertEquals(1, err().lines().count());
    assertTrue(err().contains("CACHE_ENVIRONMENT is \"staging\""), err());
  }

  @Test
  void aTakenPortKeepsItFromStarting(@TempDir Path folder) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = String.valueOf(taken.getLocalPort());
      Map<String, String> environment = Map.of(
          "CACHE_HTTP_PORT", port, "CACHE_DUMP_FILE", folder.resolve("d.json").toString());
      assertEquals(1, run(environment, "serve"));
      assertEquals(1, err().lines().count(), err());
      assertTrue(err().contains("127.0.0.1:" + port), err());
    }
  }

  @Test
  void aDumpFolderThatCannotBeMadeKeepsItFromStarting(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    Map<String, String> environment =
        Map.of("CACHE_HTTP_PORT", "0", "CACHE_DUMP_FILE", file.resolve("d.json").toString());
    assertEquals(1, run(environment, "serve"));
    assertEquals(1, err().lines().count(), err());
    assertTrue(err().contains(file.toString()), err());
  }
}
