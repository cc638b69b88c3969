package org.ocmcore.cache.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TestSettingsTest {
  private static TestSettings settings(
      Map<String, String> parameters, Map<String, String> environment) {
    return TestSettings.of(name -> Optional.ofNullable(parameters.get(name)), environment);
  }

  @Test
  void memoryIsTheDefault() {
    assertEquals(new TestSettings(TestStore.MEMORY, "memcached"), settings(Map.of(), Map.of()));
  }

  @Test
  void parametersOverrideTheEnvironment() {
    Map<String, String> environment =
        Map.of("CACHE_TEST_STORE", "memcached", "CACHE_TEST_MEMCACHED", "/opt/memcached");
    assertEquals(
        new TestSettings(TestStore.MEMCACHED, "/opt/memcached"), settings(Map.of(), environment));
    assertEquals(
        new TestSettings(TestStore.MEMORY, "/usr/memcached"),
        settings(
            Map.of("cache.test.store", "Memory", "cache.test.memcached", "/usr/memcached"),
            environment));
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis", ""})
  void anUnknownStoreIsAnError(String name) {
    for (Map<String, String> environment :
        List.of(Map.<String, String>of(), Map.of("CACHE_TEST_STORE", name))) {
      Map<String, String> parameters =
          environment.isEmpty() ? Map.of("cache.test.store", name) : Map.of();
      String message = assertThrows(
              ExtensionConfigurationException.class, () -> settings(parameters, environment))
          .getMessage();
      assertTrue(message.contains("\"" + name + "\" is not a store"), message);
      assertTrue(message.contains("memory or memcached"), message);
    }
  }
}
