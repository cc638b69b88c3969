package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a change concerns that somebody has looked at. */
class ApiModuleTest {
  private static final Map<String, String> SETTINGS =
      Map.of("MEMCACHED_SERVERS", "a:1,b:2", "CACHE_ENVIRONMENT", "development");

  private static String target(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.putAll(more);
    return ApiModule.target(AppConfig.from(settings));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "MEMCACHED_SERVERS = a:1",
        "MEMCACHED_SERVERS = a:1,b:3",
        "MEMCACHED_RING = dalli",
        "CACHE_ENVIRONMENT = production",
        "CACHE_BACKEND = memory",
        "CACHE_DUMP_FILE = other/dump.json",
        "CACHE_APP_SEPARATORS = _",
        "CACHE_APP_PATTERN = ^([a-z]+)"
      })
  void whatConcernsOthersIsAnotherTarget(String setting, String value) {
    assertNotEquals(target(Map.of()), target(Map.of(setting, value)));
  }

  @Test
  void aStartWithTheSameIsTheSameTarget() {
    assertEquals(
        target(Map.of()), target(Map.of("CACHE_HTTP_PORT", "8081", "CACHE_LOG_LEVEL", "warn")));
  }
}
