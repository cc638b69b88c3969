package org.ocmcore.cache.jackson;

import java.lang.reflect.Type;
import org.ocmcore.cache.domain.client.Codec;
import org.ocmcore.cache.domain.client.Compression;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;

/**
 * Stores values as JSON text in UTF-8: records, classes with getters and setters, enums, lists,
 * maps, {@code Optional}, and the types of {@code java.time}. Any number of threads may use it.
 *
 * <p>The type that a reader asks for decides which classes are created; JSON that names a class is
 * an error. Subtypes need names: {@code @JsonTypeInfo(use = Id.NAME)}. Put a list of such values
 * into a field of a record: Jackson writes no names for a list that is the value itself.
 *
 * <p>JSON's {@code null} means that there is no value. Bytes that are no JSON, or more than one
 * value, or of more than 64 MiB, are an error, and so is what exceeds the limits of Jackson, such
 * as a nesting of more than 500 levels.
 */
public final class JacksonCodec implements Codec {
  /** Allows no class that JSON names. Names of subtypes do not need its permission. */
  private static final PolymorphicTypeValidator NO_CLASS_NAMES =
      BasicPolymorphicTypeValidator.builder().build();

  private final JsonMapper mapper;
  private final ObjectReader reader;

  private JacksonCodec(JsonMapper mapper) {
    this.mapper = mapper.rebuild().polymorphicTypeValidator(NO_CLASS_NAMES).build();
    this.reader = this.mapper.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /**
   * A codec with settings for caches. Times are ISO 8601 text. Properties are in the order of their
   * names; lists and maps keep their order. Releases of an application can share a cache: a
   * property that the class does not have is ignored, and one that the JSON does not have is null,
   * 0 or false. Text is never read as a number, nor a fraction as an integer.
   */
  public static JacksonCodec create() {
    return new JacksonCodec(JsonMapper.builder()
        .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .disable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .build());
  }

  /**
   * A codec with the settings of the application's mapper, which stays unchanged. Annotations that
   * ask for class names are an error when such a value is read.
   *
   * @throws IllegalArgumentException if default typing is active: the stored JSON would choose the
   *     classes that are created
   */
  public static JacksonCodec of(JsonMapper mapper) {
    if (mapper.deserializationConfig().getDefaultTyper(mapper.constructType(Object.class))
        != null) {
      throw new IllegalArgumentException("mapper: default typing is active, so that the stored "
          + "JSON chooses the classes that are created; build the mapper without "
          + "activateDefaultTyping, and name subtypes by @JsonTypeInfo(use = Id.NAME)");
    }
    return new JacksonCodec(mapper);
  }

  @Override
  public byte[] encode(Object value) {
    return mapper.writeValueAsBytes(value);
  }

  @Override
  public Object decode(byte[] bytes, Type type) {
    if (bytes.length > Compression.MAX_SIZE) {
      throw new IllegalArgumentException(
          "%d bytes are more than %d".formatted(bytes.length, Compression.MAX_SIZE));
    }
    return reader.forType(mapper.constructType(type)).readValue(bytes);
  }
}
