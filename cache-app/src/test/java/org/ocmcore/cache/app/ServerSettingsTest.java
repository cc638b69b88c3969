package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ocmcore.cache.adapter.cli.InvalidSettings;
import org.ocmcore.cache.adapter.memcached.Credentials;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;

/** Unix sockets, TLS and passwords in the settings, and their files. */
class ServerSettingsTest {
  @TempDir
  private Path folder;

  private static AppConfig config(String... namesAndValues) {
    Map<String, String> variables = new HashMap<>(Map.of("MEMCACHED_SERVERS", "a"));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      variables.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return AppConfig.from(variables);
  }

  private static MemcachedSettings settings(String... namesAndValues) {
    return assertInstanceOf(AppConfig.Memcached.class, config(namesAndValues).store())
        .settings();
  }

  private static String problem(String... namesAndValues) {
    InvalidSettings failure = assertThrows(InvalidSettings.class, () -> config(namesAndValues));
    assertEquals(1, failure.problems().size(), failure::getMessage);
    assertFalse(failure.getMessage().contains("hunter2"), failure::getMessage);
    return failure.problems().get(0);
  }

  @Test
  void unixSocketsAreHosts() {
    assertEquals(
        List.of("unix:/run/memcached.sock"),
        settings("MEMCACHED_SERVERS", "", "MEMCACHED_HOST", "unix:/run/memcached.sock")
            .servers());
    assertEquals(
        "MEMCACHED_HOST is a unix socket, so MEMCACHED_PORT must not be set",
        problem(
            "MEMCACHED_SERVERS", "", "MEMCACHED_HOST", "unix:/run/a.sock", "MEMCACHED_PORT", "1"));
    assertTrue(problem("MEMCACHED_SERVERS", "", "MEMCACHED_HOST", "unix:a.sock")
        .startsWith("MEMCACHED_HOST is \"unix:a.sock\": server \"unix:a.sock\" is not host"));
  }

  @ParameterizedTest
  @CsvSource({
    "MEMCACHED_PORT, 11212",
    "MEMCACHED_RING, dalli",
    "MEMCACHED_TLS, true",
    "MEMCACHED_AUTH_FILE, memcached.users"
  })
  void settingsOfServersNeedAServer(String setting, String value) {
    assertEquals(
        setting + " is set, but no server is named: set MEMCACHED_SERVERS or MEMCACHED_HOST",
        problem("MEMCACHED_SERVERS", "", setting, value));
  }

  @Test
  void tlsIsOffByDefault() {
    assertTrue(settings().tls().isEmpty());
    assertTrue(settings("MEMCACHED_TLS", "true").tls().isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "MEMCACHED_TLS_CA, ca.pem",
    "MEMCACHED_TLS_SERVER_NAME, cache.example",
    "MEMCACHED_TLS_INSECURE, true"
  })
  void settingsOfTlsNeedTls(String setting, String value) {
    assertEquals(
        setting + " is set, but MEMCACHED_TLS is not: set MEMCACHED_TLS=true",
        problem(setting, value));
  }

  @Test
  void filesOfTlsAreReadAtStart() throws IOException {
    String missing = folder.resolve("none.pem").toString();
    assertEquals(
        "MEMCACHED_TLS_CA is \"%s\": there is no such file".formatted(missing),
        problem("MEMCACHED_TLS", "true", "MEMCACHED_TLS_CA", missing));
    String text = Files.writeString(folder.resolve("text"), "text").toString();
    assertEquals(
        "MEMCACHED_TLS_CA is \"%s\": it has no certificate in PEM (-----BEGIN CERTIFICATE-----)"
            .formatted(text),
        problem("MEMCACHED_TLS", "true", "MEMCACHED_TLS_CA", text));
    InvalidSettings failure = assertThrows(
        InvalidSettings.class,
        () ->
            config("MEMCACHED_TLS", "true", "MEMCACHED_TLS_CERT", text, "MEMCACHED_TLS_KEY", text));
    assertEquals(2, failure.problems().size(), failure::getMessage);
  }

  @Test
  void aCertificateNeedsItsKey() {
    InvalidSettings failure = assertThrows(
        InvalidSettings.class,
        () -> config("MEMCACHED_TLS", "true", "MEMCACHED_TLS_CERT", "/none.pem"));
    assertTrue(
        failure
            .problems()
            .contains("MEMCACHED_TLS_CERT is set without MEMCACHED_TLS_KEY: set both or neither"),
        failure::getMessage);
  }

  @Test
  void unixSocketsHaveNoTls() {
    assertEquals(
        "MEMCACHED_TLS is \"true\": server \"unix:/a\" is a unix socket, which has no TLS:"
            + " name servers of one kind",
        problem("MEMCACHED_SERVERS", "unix:/a", "MEMCACHED_TLS", "true"));
  }

  @Test
  void aUserNeedsAPassword() {
    assertEquals(
        Optional.of(new Credentials("app", "hunter2")),
        settings("MEMCACHED_USERNAME", "app", "MEMCACHED_PASSWORD", "hunter2").credentials());
    assertEquals(
        "MEMCACHED_USERNAME is set without MEMCACHED_PASSWORD: set both or neither",
        problem("MEMCACHED_USERNAME", "app"));
    assertEquals(
        "MEMCACHED_PASSWORD is set without MEMCACHED_USERNAME: set both or neither",
        problem("MEMCACHED_PASSWORD", "hunter2"));
    assertEquals(
        "MEMCACHED_USERNAME and MEMCACHED_PASSWORD: the user is empty, or has a space, a colon or a"
            + " control character",
        problem("MEMCACHED_USERNAME", "a:b", "MEMCACHED_PASSWORD", "hunter2"));
  }

  @Test
  void aFileCanHaveThePassword() throws IOException {
    String file = Files.writeString(folder.resolve("users"), "app:hunter2\n").toString();
    assertEquals(
        Optional.of(new Credentials("app", "hunter2")),
        settings("MEMCACHED_AUTH_FILE", file).credentials());
    assertEquals(
        "MEMCACHED_AUTH_FILE names the user and the password, so MEMCACHED_USERNAME and"
            + " MEMCACHED_PASSWORD must not be set",
        problem(
            "MEMCACHED_AUTH_FILE", file,
            "MEMCACHED_USERNAME", "app",
            "MEMCACHED_PASSWORD", "hunter2"));
    String wrong = Files.writeString(folder.resolve("users"), "hunter2\n").toString();
    assertEquals(
        "MEMCACHED_AUTH_FILE is \"%s\": its first line must be user:password".formatted(file),
        problem("MEMCACHED_AUTH_FILE", wrong));
  }

  @Test
  void thePasswordIsMasked() {
    AppConfig config = config("MEMCACHED_USERNAME", "app", "MEMCACHED_PASSWORD", "hunter2");
    assertEquals("***", config.effective().get(Setting.MEMCACHED_PASSWORD).text());
    assertEquals("", config().effective().get(Setting.MEMCACHED_PASSWORD).text());
    assertFalse(config.toString().contains("hunter2"), config::toString);
  }
}
