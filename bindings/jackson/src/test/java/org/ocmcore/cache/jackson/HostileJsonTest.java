package org.ocmcore.cache.jackson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.ocmcore.cache.adapter.memory.MemoryStore;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.client.Compression;
import org.ocmcore.cache.domain.client.TypeRef;
import org.ocmcore.cache.domain.error.UnexpectedValue;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;

/** What somebody writes into the cache who wants to harm its readers. */
@ParameterizedClass
@MethodSource("codecs")
final class HostileJsonTest {
  private static final Duration HOUR = Duration.ofHours(1);

  /** As attackers find them: creating it does something. */
  static final class Gadget {
    static final AtomicInteger CREATED = new AtomicInteger();

    Gadget() {
      CREATED.incrementAndGet();
    }

    public void setCommand(String command) {
      CREATED.incrementAndGet();
    }
  }

  record Holder(Object any, List<Object> list, Comparable<?> comparable) {}

  record ByClass(@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object any) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Circle.class, name = "circle"),
    @JsonSubTypes.Type(value = Square.class, name = "square")
  })
  sealed interface Shape permits Circle, Square {}

  record Circle(int radius) implements Shape {}

  record Square(int side) implements Shape {}

  record Drawing(List<Shape> shapes) {}

  record Chain(Chain next) {}

  static Stream<JacksonCodec> codecs() {
    return Stream.of(JacksonCodec.create(), JacksonCodec.of(JsonMapper.shared()));
  }

  private final JacksonCodec codec;
  private final Cache cache;

  HostileJsonTest(JacksonCodec codec) {
    this.codec = codec;
    this.cache = Cache.builder(MemoryStore.open()).codec(codec).build();
  }

  @BeforeEach
  void forgetGadgets() {
    Gadget.CREATED.set(0);
  }

  private void failsToRead(String json, Class<?> type) {
    cache.set("k", json, HOUR);
    UnexpectedValue failure = assertThrows(UnexpectedValue.class, () -> cache.get("k", type));
    assertEquals("k", failure.key());
  }

  @Test
  void namedClassesAreOnlyData() {
    String name = Gadget.class.getName();
    String object = "{\"@class\":\"%s\",\"command\":\"x\"}".formatted(name);
    String pair = "[\"%s\",{\"command\":\"x\"}]".formatted(name);
    cache.set("k", "{\"any\":%s,\"list\":[%s,%s]}".formatted(object, object, pair), HOUR);
    Holder holder = cache.get("k", Holder.class).orElseThrow();
    assertInstanceOf(LinkedHashMap.class, holder.any());
    assertInstanceOf(LinkedHashMap.class, holder.list().get(0));
    assertInstanceOf(List.class, holder.list().get(1));
    cache.set("k", pair, HOUR);
    assertInstanceOf(List.class, cache.get("k", Object.class).orElseThrow());
    cache.set("k", object, HOUR);
    assertEquals(
        name,
        cache.get("k", new TypeRef<Map<String, String>>() {}).orElseThrow().get("@class"));
    assertEquals(0, Gadget.CREATED.get());
  }

  @Test
  void javaClassesAreOnlyData() {
    String pair = "[\"java.util.HashMap\",{\"a\":1}]";
    cache.set("k", pair, HOUR);
    assertEquals(
        Optional.of(List.of("java.util.HashMap", Map.of("a", 1))), cache.get("k", Object.class));
    failsToRead("{\"comparable\":" + pair + "}", Holder.class);
    failsToRead("{\"shapes\":[" + pair + "]}", Drawing.class);
  }

  @Test
  void annotationsCannotAllowClassNames() {
    failsToRead(
        "{\"any\":{\"@class\":\"%s\",\"command\":\"x\"}}".formatted(Gadget.class.getName()),
        ByClass.class);
    failsToRead("{\"any\":{\"@class\":\"java.util.HashMap\"}}", ByClass.class);
    assertEquals(0, Gadget.CREATED.get());
  }

  @Test
  void namedSubtypesComeBack() {
    Drawing drawing = new Drawing(List.of(new Circle(1), new Square(2)));
    cache.set("k", drawing, HOUR);
    assertEquals(Optional.of(drawing), cache.get("k", Drawing.class));
    cache.set("k", new Circle(1), HOUR);
    assertEquals(Optional.of(new Circle(1)), cache.get("k", Shape.class));
    failsToRead("{\"kind\":\"%s\"}".formatted(Gadget.class.getName()), Shape.class);
  }

  @Test
  void deepValuesAreErrors() {
    for (int depth : List.of(501, 50_000)) {
      failsToRead("{\"next\":".repeat(depth) + "null" + "}".repeat(depth), Chain.class);
      failsToRead("[".repeat(depth), Object.class);
      failsToRead("{\"unknown\":" + "[".repeat(depth) + "]".repeat(depth) + "}", Chain.class);
    }
  }

  @Test
  void longNumbersAreErrors() {
    failsToRead("[" + "9".repeat(1_000_000) + "]", int[].class);
    failsToRead("[1e1000000000]", BigInteger[].class);
    failsToRead("{\"" + "n".repeat(1_000_000) + "\":1}", Chain.class);
  }

  @Test
  void hugeValuesAreErrors() {
    byte[] huge = new byte[Compression.MAX_SIZE + 1];
    Arrays.fill(huge, (byte) ' ');
    huge[0] = '1';
    assertThrows(IllegalArgumentException.class, () -> codec.decode(huge, Integer.class));
    byte[] deep = "[".repeat(10_000_000).getBytes(StandardCharsets.US_ASCII);
    assertThrows(StreamConstraintsException.class, () -> codec.decode(deep, Object.class));
  }

  @Test
  void mappersWithDefaultTypingAreRejected() {
    PolymorphicTypeValidator strict =
        BasicPolymorphicTypeValidator.builder().allowIfSubType("org.ocmcore").build();
    for (JsonMapper mapper : List.of(
        JsonMapper.builder().activateDefaultTyping(strict).build(),
        JsonMapper.builder()
            .activateDefaultTyping(strict, DefaultTyping.NON_FINAL)
            .build(),
        JsonMapper.builder()
            .activateDefaultTypingAsProperty(strict, DefaultTyping.JAVA_LANG_OBJECT, "@class")
            .build())) {
      IllegalArgumentException failure =
          assertThrows(IllegalArgumentException.class, () -> JacksonCodec.of(mapper));
      assertTrue(failure.getMessage().startsWith("mapper: default typing"), failure.getMessage());
    }
  }
}
