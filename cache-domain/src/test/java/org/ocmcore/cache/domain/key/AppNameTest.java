package org.ocmcore.cache.domain.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AppNameTest {
  @Test
  void nameIsNotEmpty() {
    assertThrows(IllegalArgumentException.class, () -> new AppName(""));
  }

  @Test
  void whatIsNoNameIsGlobal() {
    assertEquals(AppName.GLOBAL, AppName.orGlobal(""));
    assertEquals(AppName.GLOBAL, AppName.orGlobal("a\udc00"));
    assertEquals(new AppName("a:b"), AppName.orGlobal("a:b"));
  }

  @Test
  void aNameFitsIntoAKey() {
    assertEquals(250, new AppName("a".repeat(250)).name().length());
    for (String name : List.of("a".repeat(251), "é".repeat(126), "\ud800")) {
      assertThrows(IllegalArgumentException.class, () -> new AppName(name));
    }
  }

  @Test
  void appsAreOrderedByName() {
    assertEquals(
        List.of("a", "ab", "b"),
        Stream.of("b", "ab", "a")
            .map(AppName::new)
            .sorted()
            .map(AppName::toString)
            .toList());
  }
}
