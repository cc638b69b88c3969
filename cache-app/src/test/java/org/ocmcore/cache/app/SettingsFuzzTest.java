package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ocmcore.cache.adapter.cli.InvalidSettings;
import org.ocmcore.cache.domain.testing.FuzzSeed;

/**
 * Any settings and arguments are valid or refused with all problems. Each line of the input is a
 * setting, by a number and its value, or an argument.
 */
final class SettingsFuzzTest {
  private static final Setting[] SETTINGS = Setting.values();

  public static void fuzzerTestOneInput(byte[] input) {
    List<String> lines = Arrays.asList(new String(input, StandardCharsets.UTF_8).split("\n", -1));
    Map<String, String> settings = new HashMap<>();
    for (String line : lines) {
      if (line.length() > 1) {
        // From 'A' on, so that seeds are text.
        Setting setting = SETTINGS[Math.floorMod(line.charAt(0) - 'A', SETTINGS.length)];
        settings.put(setting.name(), line.substring(1));
      }
    }
    settings(settings);
  }

  private static void settings(Map<String, String> settings) {
    try {
      AppConfig config = AppConfig.from(settings);
      String password = settings.getOrDefault(Setting.MEMCACHED_PASSWORD.name(), "");
      assertFalse(
          password.length() > 5
              && config.effective().values().stream()
                  .anyMatch(value -> value.text().equals(password)),
          "a secret is shown");
    } catch (InvalidSettings refused) {
      assertFalse(refused.problems().isEmpty());
    }
  }

  static Stream<FuzzSeed> seeds() {
    return FuzzSeed.of(SettingsFuzzTest.class);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void seedHolds(FuzzSeed seed) {
    fuzzerTestOneInput(seed.bytes());
  }
}
