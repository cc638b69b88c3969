package org.ocmcore.cache.domain.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {
  @Test
  void environmentsAreNamedInLowerCase() {
    assertEquals(Environment.PRODUCTION, Environment.named("production"));
    assertEquals(Environment.DEVELOPMENT, Environment.named("development"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "dev", "Development", "DEVELOPMENT", " development", "test"})
  void anyOtherNameIsRefusedAndOpensNothing(String name) {
    String message = assertThrows(IllegalArgumentException.class, () -> Environment.named(name))
        .getMessage();
    assertEquals("it must be one of production, development", message);
  }

  @ParameterizedTest
  @EnumSource
  void onlyDevelopmentAllowsChanges(Environment environment) {
    assertEquals(environment == Environment.DEVELOPMENT, environment.allowsChanges());
  }
}
