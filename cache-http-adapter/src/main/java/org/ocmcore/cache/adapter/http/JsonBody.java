package org.ocmcore.cache.adapter.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The JSON object in a request's body; a request without a body has an empty one. */
final class JsonBody implements Parameters {
  /** A quarter of the heap, so that one body leaves room for others. */
  private static final long MOST_FOR_TREE = Runtime.getRuntime().maxMemory() / 4;

  private static final int DECODED_AT_ONCE = 8192;

  /** A body without fields. */
  static final JsonBody EMPTY = new JsonBody(JsonNodeFactory.instance.objectNode());

  private final JsonNode object;
  /** The names that were asked for, if assertions are on; {@link #EMPTY} is shared and has none. */
  private Set<String> asked = Set.of();

  private JsonBody(JsonNode object) {
    this.object = object;
  }

  /**
   * The body of a request; empty if the request has none.
   *
   * @param memory takes what the body needs
   * @throws RequestRejected if the body is of another content type, is compressed, or is not a JSON
   *     object
   */
  static JsonBody parse(Context context, JsonMapper json, ByteBudget.Share memory) {
    byte[] bytes = (byte[]) context.req().getAttribute(BodyCollector.BODY);
    if (bytes == null || bytes.length == 0) {
      return EMPTY;
    }
    // Not what Javalin says: it fails on a charset that it does not know.
    JsonContentType.require(Collections.list(context.req().getHeaders(Header.CONTENT_TYPE)));
    JsonContentType.requireUnencoded(
        Collections.list(context.req().getHeaders(Header.CONTENT_ENCODING)));
    requireUtf8(bytes);
    try {
      memory.take(JsonCost.of(bytes, MOST_FOR_TREE));
      JsonNode node = parse(json, bytes);
      if (!node.isObject()) {
        throw new RequestRejected(Kind.INVALID_BODY, "the body is not a JSON object");
      }
      return new JsonBody(node);
    } catch (JacksonException e) {
      throw new RequestRejected(
          Kind.INVALID_BODY, "the body is not JSON that can be read" + JsonFault.words(e));
    }
  }

  /** Jackson accepts overlong encodings, and characters that do not exist. */
  private static void requireUtf8(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer encoded = ByteBuffer.wrap(bytes);
    CharBuffer decoded = CharBuffer.allocate(Math.min(bytes.length, DECODED_AT_ONCE));
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      result = decoder.decode(encoded, decoded.clear(), true);
    }
    if (result.isError() || hasNul(bytes)) {
      throw new RequestRejected(Kind.INVALID_BODY, "the body is not UTF-8");
    }
  }

  /** JSON in UTF-8 has no such byte; with one, Jackson takes it for UTF-16 or UTF-32. */
  private static boolean hasNul(byte[] bytes) {
    for (byte each : bytes) {
      if (each == 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Parses JSON.
   *
   * @throws JacksonException if this is not JSON in UTF-8, or if a number or name in it is too long
   */
  static JsonNode parse(JsonMapper json, byte[] bytes) {
    if (hasNul(bytes)) {
      throw new StreamReadException(null, "NUL byte");
    }
    try {
      return json.readTree(bytes);
    } catch (NumberFormatException e) {
      // Jackson lets this one through: the exponent is beyond an int.
      throw new StreamReadException(null, "number out of range", e);
    }
  }

  private boolean note(String name) {
    if (asked.isEmpty()) {
      asked = new HashSet<>();
    }
    asked.add(name);
    return true;
  }

  /** The names that were asked for so far, if assertions are on. */
  Set<String> asked() {
    return asked;
  }

  /** The names of all fields. */
  Collection<String> names() {
    return object.propertyNames();
  }

  /** A field, null or not. */
  Optional<JsonNode> field(String name) {
    assert this == EMPTY || note(name);
    return Optional.ofNullable(object.get(name));
  }

  /** A field, null or not, that must be there. */
  JsonNode required(String name) {
    return field(name)
        .orElseThrow(
            () -> new RequestRejected(Kind.INVALID_PARAMETER, name + " is missing in the body"));
  }

  /** A number from 0 to 1; 0 if it is left out. */
  double share(String name) {
    Optional<JsonNode> given = field(name);
    if (given.isEmpty()) {
      return 0;
    }
    double share = given.get().isNumber() ? given.get().doubleValueOpt().orElse(-1) : -1;
    if (!(share >= 0 && share <= 1)) {
      throw new RequestRejected(
          Kind.INVALID_PARAMETER,
          "%s is %s, it must be a number from 0 to 1".formatted(name, given.get()));
    }
    return share;
  }

  @Override
  public Optional<String> text(String name) {
    return field(name).map(node -> {
      if (!node.isString()) {
        throw wrong(name, node, "a string");
      }
      return node.stringValue();
    });
  }

  @Override
  public boolean flag(String name) {
    return field(name)
        .map(node -> {
          if (!node.isBoolean()) {
            throw wrong(
                name, node, node.isString() ? "true or false, without quotes" : "true or false");
          }
          return node.booleanValue();
        })
        .orElse(false);
  }

  @Override
  public OptionalLong number(String name, long least, long most) {
    return number(name, least, most, "");
  }

  /** A number, where something else is allowed too, which the caller checks before. */
  OptionalLong numberOr(String name, long least, long most, String other) {
    return number(name, least, most, ", or " + other);
  }

  private OptionalLong number(String name, long least, long most, String other) {
    Optional<JsonNode> given = field(name);
    if (given.isEmpty()) {
      return OptionalLong.empty();
    }
    JsonNode node = given.get();
    if (!node.isIntegralNumber()
        || !node.canConvertToLong()
        || node.longValue() < least
        || node.longValue() > most) {
      throw wrong(name, node, "a whole number from %d to %d%s".formatted(least, most, other));
    }
    return OptionalLong.of(node.longValue());
  }

  private static RequestRejected wrong(String name, JsonNode node, String expected) {
    String given = node.toString();
    String shown = given.length() <= 100 ? given : given.substring(0, 100) + "…";
    return new RequestRejected(
        Kind.INVALID_PARAMETER, "%s is %s, it must be %s".formatted(name, shown, expected));
  }
}
