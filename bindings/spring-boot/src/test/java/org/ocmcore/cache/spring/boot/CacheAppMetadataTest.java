package org.ocmcore.cache.spring.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataProperty;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataRepositoryJsonBuilder;

/** What editors know of the properties {@code cache-app.*}. */
class CacheAppMetadataTest {
  private static final String METADATA = "/META-INF/spring-configuration-metadata.json";

  private Map<String, ConfigurationMetadataProperty> properties;

  @BeforeEach
  void readMetadata() throws IOException {
    try (InputStream in = CacheAppProperties.class.getResourceAsStream(METADATA)) {
      assertNotNull(in, METADATA);
      properties = ConfigurationMetadataRepositoryJsonBuilder.create(in).build().getAllProperties();
    }
  }

  /** The names of the components as properties have them: {@code stale-for}. */
  private static Stream<String> keys(Class<? extends Record> settings) {
    return Stream.of(settings.getRecordComponents())
        .map(RecordComponent::getName)
        .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
  }

  @Test
  void everyPropertyIsKnown() {
    Set<String> expected =
        keys(CacheAppProperties.class).map(key -> "cache-app." + key).collect(Collectors.toSet());
    assertEquals(expected, properties.keySet());
  }

  @Test
  void everyPropertyHasADescriptionAndAType() {
    properties.forEach((name, property) -> {
      assertNotNull(property.getType(), name);
      assertNotNull(property.getDescription(), name);
      assertTrue(
          property.getDescription().matches("[A-Z][^{}@<>]+\\."),
          () -> name + ": " + property.getDescription());
    });
  }

  @Test
  void theSettingsOfACacheAreDescribed() {
    String description = properties.get("cache-app.caches").getDescription();
    keys(CacheAppProperties.CacheSettings.class)
        .forEach(key -> assertTrue(description.contains(key), () -> key + ": " + description));
  }

  @Test
  void defaultsAreKnown() {
    assertEquals("throw", properties.get("cache-app.on-unavailable").getDefaultValue());
    assertEquals(true, properties.get("cache-app.enabled").getDefaultValue());
  }
}
