package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.memory.MemoryCache;
import org.ocmcore.cache.domain.key.CacheKey;

/** What the README says of the code is so. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..");

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }

  @Test
  void itsSettingsAreTheSettings() throws IOException {
    for (Setting setting : Setting.values()) {
      String row = "| `%s` | %s | %s |".formatted(setting, setting.standard(), setting.meaning());
      assertTrue(readme().contains(row), row);
    }
  }

  @Test
  void itsModulesAreTheModules() throws IOException {
    String parent = Files.readString(ROOT.resolve("pom.xml"));
    for (String module : parent
        .lines()
        .filter(line -> line.contains("<module>"))
        .map(line -> line.replaceAll("</?module>", "").strip())
        .toList()) {
      assertTrue(readme().contains(module), module);
    }
  }

  @Test
  void itsLibraryExampleIsTheOneThatCompiles() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/org/ocmcore/cache/app/LibraryExample.java"));
    String begin = "// readme: begin\n";
    String shown =
        source.substring(source.indexOf(begin) + begin.length(), source.indexOf("// readme: end"));
    assertTrue(readme().contains(shown), shown);
  }

  @Test
  void itsLibraryExampleDoesWhatItSays() {
    MemoryCache cache = new MemoryCache(10, Clock.systemUTC());
    assertEquals(Optional.of("Hello, Ada"), LibraryExample.greet(cache, "Ada"));
    assertEquals(List.of(CacheKey.of("greeting:Ada")), LibraryExample.find(cache, "^greeting:"));
    LibraryExample.inTests();
  }
}
