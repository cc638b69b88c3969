package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.cli.InvalidSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.Ring;
import org.ocmcore.cache.domain.access.Environment;
import org.ocmcore.cache.domain.key.CacheKey;

class AppConfigTest {
  @Test
  void withoutSettingsItIsProductionOnMemory() {
    AppConfig config = AppConfig.from(Map.of("PATH", "/bin", "HOME", "/root"));
    assertEquals(Environment.PRODUCTION, config.environment());
    assertEquals(
        new AppConfig.Memory(1_000_000, Runtime.getRuntime().maxMemory() / 4), config.store());
    assertEquals(Path.of("data/cache_dump.json"), config.dumps().file());
    assertEquals(Duration.ofSeconds(300), config.dumps().policy().interval());
    assertEquals(3, config.dumps().policy().retention().older());
    assertEquals("127.0.0.1", config.http().host());
    assertEquals(8080, config.http().port());
  }

  @Test
  void aMemcachedServerMakesItMemcached() {
    assertEquals(
        List.of("cache1:11211"), memcached(Map.of("MEMCACHED_HOST", "cache1")).servers());
    assertEquals(
        List.of("a:1", "b:2"),
        memcached(Map.of("MEMCACHED_SERVERS", " a:1, b:2 ")).servers());
    assertEquals(
        List.of("localhost:11211"),
        memcached(Map.of("CACHE_BACKEND", "memcached")).servers());
    assertEquals(
        List.of("localhost:7"),
        memcached(Map.of("CACHE_BACKEND", "memcached", "MEMCACHED_PORT", "7")).servers());
    assertEquals(
        Duration.ofMillis(250),
        memcached(Map.of("MEMCACHED_HOST", "x", "MEMCACHED_TIMEOUT_MS", "250")).timeout());
  }

  private static MemcachedSettings memcached(Map<String, String> variables) {
    return assertInstanceOf(AppConfig.Memcached.class, AppConfig.from(variables).store())
        .settings();
  }

  @Test
  void theBackendThatIsNamedWins() {
    assertInstanceOf(
        AppConfig.Memory.class,
        AppConfig.from(Map.of("CACHE_BACKEND", "memory", "MEMCACHED_HOST", "x")).store());
  }

  @Test
  void theEffectiveBoundInBytesIsANumber() {
    assertEquals(
        Long.toString(Runtime.getRuntime().maxMemory() / 4),
        AppConfig.from(Map.of()).effective().get(Setting.CACHE_MAX_BYTES).text());
    assertEquals(
        new AppConfig.Memory(1_000_000, 5_000_000),
        AppConfig.from(Map.of("CACHE_MAX_BYTES", "5000000")).store());
  }

  @Test
  void anEmptySettingIsNotSet() {
    assertEquals(
        8080,
        AppConfig.from(Map.of("CACHE_HTTP_PORT", " ", "MEMCACHED_HOST", ""))
            .http()
            .port());
  }

  @Test
  void allProblemsAreReportedTogether() {
    InvalidSettings failure = assertThrows(
        InvalidSettings.class,
        () -> AppConfig.from(Map.of(
            "CACHE_ENVIRONMENT", "prodution",
            "CACHE_HTTP_PORT", "70000",
            "CACHE_AUTO_DUMP_INTERVAL", "five",
            "CACHE_RESTORE_ON_START", "yes",
            "CACHE_DUMP_FILE", "folder/",
            "CACHE_HTTP_ALLOWED_HOSTS", "cache.example,*.example",
            "CACHE_MAX_SIZE", "0",
            "CACHE_MAX_BYTES", "1023",
            "CACHE_DMUP_KEEP", "2")));
    assertEquals(9, failure.problems().size(), failure::getMessage);
    assertReported(failure, "CACHE_ENVIRONMENT is \"prodution\"");
    assertReported(
        failure, "CACHE_HTTP_PORT is \"70000\": it must be a whole number from 0 to 65535");
    assertReported(failure, "CACHE_AUTO_DUMP_INTERVAL is \"five\"");
    assertReported(failure, "CACHE_RESTORE_ON_START is \"yes\": it must be true or false");
    assertReported(failure, "CACHE_DUMP_FILE is \"folder/\"");
    assertReported(
        failure, "CACHE_HTTP_ALLOWED_HOSTS is \"cache.example,*.example\": \"*.example\" is not");
    assertReported(failure, "CACHE_MAX_BYTES is \"1023\": it must be a whole number from 1024 to");
    assertReported(failure, "CACHE_MAX_SIZE is \"0\"");
    assertReported(failure, "CACHE_DMUP_KEEP is no setting; did you mean CACHE_DUMP_KEEP?");
  }

  @Test
  void bytesThatAreNoTextAreNotTakenForOthers() {
    InvalidSettings failure = assertThrows(
        InvalidSettings.class,
        () -> AppConfig.from(
            Map.of("CACHE_DUMP_FILE", "a\ufffd.json", "CACHE_HIDE_VALUES", "^\ufffd")));
    assertEquals(2, failure.problems().size(), failure::getMessage);
    assertReported(failure, "CACHE_DUMP_FILE is \"a\ufffd.json\": it has bytes that are no text");
    assertReported(failure, "CACHE_HIDE_VALUES is \"^\ufffd\": it has bytes that are no text");
  }

  @Test
  void settingsForProxiesAreChecked() {
    InvalidSettings failure = assertThrows(
        InvalidSettings.class,
        () -> AppConfig.from(Map.of(
            "CACHE_HTTP_TRUSTED_PROXIES", "127.0.0.1,10.0.0.1/8",
            "CACHE_HTTP_BASE_PATH", "/tools/")));
    assertEquals(2, failure.problems().size(), failure::getMessage);
    assertReported(
        failure,
        "CACHE_HTTP_TRUSTED_PROXIES is \"127.0.0.1,10.0.0.1/8\": \"10.0.0.1/8\" has bits set");
    assertReported(failure, "CACHE_HTTP_BASE_PATH is \"/tools/\": it must begin with a slash");
    assertEquals("/api/cache", AppConfig.from(Map.of()).http().apiPath());
    assertEquals(
        "/a/api/cache",
        AppConfig.from(Map.of("CACHE_HTTP_BASE_PATH", "/a")).http().apiPath());
  }

  private static void assertReported(InvalidSettings failure, String text) {
    assertTrue(
        failure.problems().stream().anyMatch(problem -> problem.contains(text)),
        failure::getMessage);
  }

  @Test
  void memcachedProblemsAreReported() {
    for (Map<String, String> variables : List.of(
        Map.of("MEMCACHED_SERVERS", "a:"),
        Map.of("MEMCACHED_SERVERS", "a:1,a:1"),
        Map.of("MEMCACHED_SERVERS", "a:0"),
        Map.of("MEMCACHED_SERVERS", "a:1", "MEMCACHED_HOST", "b"),
        Map.of("MEMCACHED_HOST", "a", "MEMCACHED_PORT", "x"),
        Map.of("MEMCACHED_HOST", "a", "MEMCACHED_RING", "circle"),
        Map.of("MEMCACHED_HOST", "a:1"),
        Map.of("MEMCACHED_HOST", "a,b"),
        Map.of("MEMCACHED_SERVERS", "a:1:0,b:1"),
        Map.of("CACHE_BACKEND", "redis"),
        Map.of("MEMCACHED_PORT", "11211"),
        Map.of("MEMCACHED_SERVER", "a:1"),
        Map.of("MEMCACHE_SERVERS", "a:1"),
        Map.of("MEMCACHE_HOST", "a"),
        Map.of("MEMCACHED_HOST", "a:21301"))) {
      assertThrows(InvalidSettings.class, () -> AppConfig.from(variables), variables.toString());
    }
  }

  @Test
  void appsAreNamedBySeparatorsOrByAPattern() {
    CacheKey key = CacheKey.of(":1:users.7");
    assertEquals("global", AppConfig.from(Map.of()).apps().finder().appOf(key).name());
    AppConfig pattern = AppConfig.from(Map.of("CACHE_APP_PATTERN", "^:\\d+:([^.]+)"));
    assertEquals("users", pattern.apps().finder().appOf(key).name());
    AppConfig separators = AppConfig.from(Map.of("CACHE_APP_SEPARATORS", "._"));
    assertEquals(":1:users", separators.apps().finder().appOf(key).name());
  }

  @Test
  void wrongRulesOfAppsAreReported() {
    for (Map<String, String> wrong : List.of(
        Map.of("CACHE_APP_SEPARATORS", "a"),
        Map.of("CACHE_APP_PATTERN", "("),
        Map.of("CACHE_APP_PATTERN", "^abc"),
        Map.of("CACHE_APP_PATTERN", "(a)", "CACHE_APP_SEPARATORS", "."))) {
      InvalidSettings failure =
          assertThrows(InvalidSettings.class, () -> AppConfig.from(wrong), wrong::toString);
      assertEquals(1, failure.problems().size(), failure::getMessage);
      assertReported(failure, wrong.keySet().iterator().next());
    }
  }

  @Test
  void aHostWithAPortIsExplained() {
    InvalidSettings failure = assertThrows(
        InvalidSettings.class, () -> AppConfig.from(Map.of("MEMCACHED_HOST", "a:21301")));
    assertReported(failure, "set MEMCACHED_SERVERS=a:21301 instead");
  }

  @Test
  void weightsNeedARingThatKnowsThem() {
    Map<String, String> variables =
        new HashMap<>(Map.of("MEMCACHED_SERVERS", "a:1:2,b:1", "MEMCACHED_RING", "dalli"));
    assertEquals(Ring.DALLI, memcached(variables).ring());
    assertTrue(ringIsSet(variables));
    assertFalse(ringIsSet(Map.of("MEMCACHED_SERVERS", "a:1,b:1")));
    variables.put("MEMCACHED_RING", "pymemcache");
    InvalidSettings failure = assertThrows(InvalidSettings.class, () -> AppConfig.from(variables));
    assertReported(
        failure,
        "MEMCACHED_RING is \"pymemcache\": server \"a:1:2\" has a weight, but the ring pymemcache");
  }

  private static boolean ringIsSet(Map<String, String> variables) {
    return assertInstanceOf(AppConfig.Memcached.class, AppConfig.from(variables).store())
        .ringIsSet();
  }

  @Test
  void variablesOfOtherProgramsAreLeftAlone() {
    AppConfig.from(Map.of("MEMCACHED_PORT_11211_TCP_ADDR", "x", "CACHED", "1"));
  }

  @Test
  void whatKubernetesSetsForServicesIsLeftAlone() {
    Map<String, String> links = new HashMap<>();
    for (String service : List.of("MEMCACHED", "CACHE")) {
      links.put(service + "_PORT", "tcp://10.0.0.1:11211");
      links.put(service + "_PORT_11211_TCP", "tcp://10.0.0.1:11211");
      links.put(service + "_PORT_11211_TCP_PROTO", "tcp");
      links.put(service + "_PORT_11211_TCP_PORT", "11211");
      links.put(service + "_PORT_11211_TCP_ADDR", "10.0.0.1");
      links.put(service + "_SERVICE_HOST", "10.0.0.1");
      links.put(service + "_SERVICE_PORT", "11211");
      links.put(service + "_SERVICE_PORT_TEXT", "11211");
    }
    AppConfig.from(links);
    links.put("MEMCACHED_SERVERS", "a:1");
    assertEquals(List.of("a:1"), memcached(links).servers());
  }

  @Test
  void passwordsInAddressesAreNotShown() {
    InvalidSettings failure = assertThrows(
        InvalidSettings.class,
        () -> AppConfig.from(Map.of("MEMCACHED_SERVERS", "user:secret@host:11211")));
    assertFalse(failure.getMessage().contains("secret"), failure.getMessage());
  }

  @Test
  void theEffectiveSettingsAreReported() {
    Map<Setting, SettingValue> effective =
        AppConfig.from(Map.of("CACHE_HTTP_PORT", "81")).effective();
    assertEquals("81", effective.get(Setting.CACHE_HTTP_PORT).text());
    assertEquals("environment", effective.get(Setting.CACHE_HTTP_PORT).origin());
    assertEquals("memory", effective.get(Setting.CACHE_BACKEND).text());
    assertEquals("default", effective.get(Setting.CACHE_BACKEND).origin());
    assertEquals("production", effective.get(Setting.CACHE_ENVIRONMENT).text());
  }

  @Test
  void othersReachTheApiOnlyWithTokensOrIfAllowed(@TempDir Path folder) throws IOException {
    for (String host : List.of("127.0.0.1", "localhost", "::1", "127.1.2.3")) {
      AppConfig config = AppConfig.from(Map.of("CACHE_HTTP_HOST", host));
      config.access().requireSafe(config.http());
    }
    for (String host : List.of("0.0.0.0", "::", "10.0.0.1", "cache.example", "127.0.0.1.example")) {
      AppConfig config = AppConfig.from(Map.of("CACHE_HTTP_HOST", host));
      InvalidSettings refusal =
          assertThrows(InvalidSettings.class, () -> config.access().requireSafe(config.http()));
      assertTrue(refusal.getMessage().contains("CACHE_TOKENS_FILE"), refusal.getMessage());
      AppConfig open =
          AppConfig.from(Map.of("CACHE_HTTP_HOST", host, "CACHE_ALLOW_ANONYMOUS", "true"));
      open.access().requireSafe(open.http());
      Path file = TokensOnDisk.write(folder, "a viewer");
      AppConfig safe =
          AppConfig.from(Map.of("CACHE_HTTP_HOST", host, "CACHE_TOKENS_FILE", file.toString()));
      safe.access().requireSafe(safe.http());
    }
  }

  @Test
  void brokenAccessSettingsAreExplained(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("tokens"), "# ok\nx y");
    InvalidSettings refusal = assertThrows(
        InvalidSettings.class,
        () -> AppConfig.from(Map.of(
            "CACHE_TOKENS_FILE",
            file.toString(),
            "CACHE_PRODUCTION_ALLOW",
            "dump,all",
            "CACHE_ALLOW_ANONYMOUS",
            "true")));
    assertEquals(
        List.of(
            "CACHE_PRODUCTION_ALLOW is \"dump,all\": it must be one of manage, dump, download",
            "CACHE_ALLOW_ANONYMOUS is true, but CACHE_TOKENS_FILE is set: with tokens, nobody is"
                + " served without one; unset one of them",
            "CACHE_TOKENS_FILE is \"" + file + "\": line 2: it must be NAME ROLE sha256:HEX, and"
                + " perhaps apps=a,b and expires=TIME"),
        refusal.problems());
  }
}
