package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The JSON schemas of the records that are answered, by reflection. They say what Jackson writes:
 * names in snake case, an empty {@link Optional} as null, what {@link JsonInclude} may leave out as
 * not required, and the members of an unwrapped record beside the others. For one thread.
 */
final class RecordSchemas {
  private static final String TYPE = "type";
  private static final String OBJECT = "object";
  private static final String STRING = "string";

  // With its format: without it, generated clients take 32 bits.
  private static final Map<String, Object> LONG = Map.of(TYPE, "integer", "format", "int64");
  private static final Map<String, Object> INT = Map.of(TYPE, "integer");
  private static final Map<String, Object> DOUBLE = Map.of(TYPE, "number");
  private static final Map<String, Object> BOOLEAN = Map.of(TYPE, "boolean");

  private static final Map<Class<?>, Map<String, Object>> SIMPLE = Map.ofEntries(
      Map.entry(String.class, Map.of(TYPE, STRING)),
      Map.entry(long.class, LONG),
      Map.entry(Long.class, LONG),
      Map.entry(int.class, INT),
      Map.entry(Integer.class, INT),
      Map.entry(double.class, DOUBLE),
      Map.entry(boolean.class, BOOLEAN),
      Map.entry(Boolean.class, BOOLEAN));

  private static final Map<Class<?>, Map<String, Object>> OPTIONAL_NUMBERS =
      Map.of(OptionalLong.class, LONG, OptionalInt.class, INT, OptionalDouble.class, DOUBLE);

  private final Map<String, Object> schemas = new LinkedHashMap<>();
  private final Map<String, Class<?>> named = new LinkedHashMap<>();

  /** The schemas that were referred to so far, by name. */
  Map<String, Object> all() {
    return schemas;
  }

  /** The records that were referred to so far. */
  Collection<Class<?>> records() {
    return named.values();
  }

  /** A reference to the schema of a record. */
  Map<String, Object> reference(Class<?> type) {
    String name = name(type);
    Class<?> other = named.put(name, type);
    if (other == null) {
      // Before its members, which may refer to it.
      schemas.put(name, Map.of());
      schemas.put(name, object(type));
    } else if (other != type) {
      throw new IllegalStateException(
          "%s and %s are both named %s in the document; rename one".formatted(type, other, name));
    }
    return Map.of("$ref", "#/components/schemas/" + name);
  }

  private static String name(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    String prefix = outer == null ? "" : outer.getSimpleName();
    return (prefix + "." + type.getSimpleName()).replaceAll("Answers?(\\.|$)|\\.", "");
  }

  private Map<String, Object> object(Class<?> type) {
    Map<String, Object> members = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    add(type, members, required, true);
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put(TYPE, OBJECT);
    schema.put("properties", members);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    return schema;
  }

  private void add(
      Class<?> type, Map<String, Object> members, List<String> required, boolean isAlways) {
    for (RecordComponent component : type.getRecordComponents()) {
      boolean isLeftOut = mayBeLeftOut(component);
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        if (component.getType() != Record.class) {
          add(component.getType(), members, required, isAlways && !isLeftOut);
        }
        continue;
      }
      String name = name(component);
      members.put(name, member(type, component, isLeftOut));
      if (isAlways && !isLeftOut) {
        required.add(name);
      }
    }
  }

  private static boolean mayBeLeftOut(RecordComponent component) {
    JsonInclude own = component.getAccessor().getAnnotation(JsonInclude.class);
    JsonInclude include =
        own != null ? own : component.getDeclaringRecord().getAnnotation(JsonInclude.class);
    return include != null && include.value() != Include.ALWAYS;
  }

  private static String name(RecordComponent component) {
    JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
    return given == null
        ? component.getName().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT)
        : given.value();
  }

  private Map<String, Object> member(Class<?> type, RecordComponent component, boolean isLeftOut) {
    if (type == DumpAnswers.Keys.class && component.getType() == List.class) {
      return array(either(Map.of(TYPE, STRING), reference(DumpAnswers.Key.class)));
    }
    Type content = component.getGenericType();
    if (isLeftOut && component.getType() == Optional.class) {
      return of(argument(content, 0));
    }
    if (isLeftOut && OPTIONAL_NUMBERS.containsKey(component.getType())) {
      return OPTIONAL_NUMBERS.get(component.getType());
    }
    return of(content);
  }

  private Map<String, Object> of(Type type) {
    Class<?> raw =
        (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    if (SIMPLE.containsKey(raw)) {
      return SIMPLE.get(raw);
    }
    if (OPTIONAL_NUMBERS.containsKey(raw)) {
      return orNull(OPTIONAL_NUMBERS.get(raw));
    }
    if (raw == Optional.class) {
      return orNull(of(argument(type, 0)));
    }
    if (Map.class.isAssignableFrom(raw)) {
      return Map.of(TYPE, OBJECT, "additionalProperties", of(argument(type, 1)));
    }
    if (Iterable.class.isAssignableFrom(raw)) {
      return array(of(argument(type, 0)));
    }
    if (raw == KeyJson.class) {
      return array(either(Map.of(TYPE, STRING), keyDetails()));
    }
    if (raw == KeyJson.Binaries.class) {
      return Map.of(TYPE, OBJECT, "additionalProperties", Map.of(TYPE, STRING));
    }
    if (raw == Record.class) {
      return Map.of(TYPE, OBJECT);
    }
    // What a client has stored, or one of several types.
    return raw == Object.class ? Map.of() : reference(raw);
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }

  private static Map<String, Object> orNull(Map<String, Object> schema) {
    if (schema.isEmpty()) {
      return schema;
    }
    if (!(schema.get(TYPE) instanceof String type)) {
      return either(schema, Map.of(TYPE, "null"));
    }
    Map<String, Object> nullable = new LinkedHashMap<>(schema);
    nullable.put(TYPE, List.of(type, "null"));
    return nullable;
  }

  /** Either of these. */
  static Map<String, Object> either(Map<String, Object> one, Map<String, Object> other) {
    return Map.of("anyOf", List.of(one, other));
  }

  private static Map<String, Object> array(Map<String, Object> items) {
    return Map.of(TYPE, "array", "items", items);
  }

  /** What {@link KeyJson} writes for a key with details, which is no record. */
  private Map<String, Object> keyDetails() {
    Map<String, Object> number = orNull(LONG);
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("key", Map.of(TYPE, STRING));
    members.put("key_base64", Map.of(TYPE, STRING));
    members.put("ttl_seconds", number);
    members.put("size_bytes", LONG);
    members.put("flags", number);
    members.put("last_access_seconds", number);
    members.put("server", Map.of(TYPE, STRING));
    members.put("copies", INT);
    List<String> required = new ArrayList<>(members.keySet());
    required.removeAll(List.of("key_base64", "copies"));
    schemas.put("KeyDetails", Map.of(TYPE, OBJECT, "properties", members, "required", required));
    return Map.of("$ref", "#/components/schemas/KeyDetails");
  }
}
