package org.ocmcore.cache.junit;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * What is set for a whole run of tests.
 *
 * @param store {@link TestStore#MEMORY} or {@link TestStore#MEMCACHED}
 * @param program the memcached program, as a path or a name on the {@code PATH}
 */
record TestSettings(TestStore store, String program) {
  static final String STORE = "cache.test.store";
  static final String PROGRAM = "cache.test.memcached";
  static final String STORE_VARIABLE = "CACHE_TEST_STORE";
  static final String PROGRAM_VARIABLE = "CACHE_TEST_MEMCACHED";

  /**
   * Reads the settings; a parameter wins over an environment variable.
   *
   * @param parameters JUnit's configuration parameters, which include the system properties
   * @throws ExtensionConfigurationException if there is no store of the given name
   */
  static TestSettings of(
      Function<String, Optional<String>> parameters, Map<String, String> environment) {
    Optional<TestStore> byParameter = parameters.apply(STORE).map(name -> store(STORE, name));
    Optional<TestStore> byVariable = Optional.ofNullable(environment.get(STORE_VARIABLE))
        .map(name -> store(STORE_VARIABLE, name));
    return new TestSettings(
        byParameter.or(() -> byVariable).orElse(TestStore.MEMORY),
        parameters
            .apply(PROGRAM)
            .or(() -> Optional.ofNullable(environment.get(PROGRAM_VARIABLE)))
            .orElse("memcached"));
  }

  private static TestStore store(String setting, String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "memory" -> TestStore.MEMORY;
      case "memcached" -> TestStore.MEMCACHED;
      default ->
        throw new ExtensionConfigurationException(
            setting + ": \"" + name + "\" is not a store. Write memory or memcached");
    };
  }
}
