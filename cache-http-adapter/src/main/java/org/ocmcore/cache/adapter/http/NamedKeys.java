package org.ocmcore.cache.adapter.http;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.ocmcore.cache.domain.key.CacheKey;
import tools.jackson.databind.JsonNode;

/** The keys that a body lists, as text or in base64. */
final class NamedKeys {
  private static final String KEYS = "keys";
  private static final String KEYS_BASE64 = "keys_base64";

  /** The fields that list keys. */
  static final Set<String> FIELDS = Set.of(KEYS, KEYS_BASE64);

  /** The most keys that a request may list. */
  static final int MAX = 1_000;

  private NamedKeys() {}

  /**
   * The keys of both lists, each once, in their order.
   *
   * @throws RequestRejected if there is none, if there are too many, or if one is invalid
   */
  static List<CacheKey> parse(JsonBody body) {
    Set<CacheKey> keys = new LinkedHashSet<>();
    addListed(body, KEYS, CacheKey::of, keys);
    addListed(body, KEYS_BASE64, text -> CacheKey.ofBytes(KeyParameters.decode(text)), keys);
    if (keys.isEmpty()) {
      throw new RequestRejected(
          Kind.INVALID_PARAMETER, "keys is missing or empty: list 1 to %d".formatted(MAX));
    }
    return List.copyOf(keys);
  }

  private static void addListed(
      JsonBody body, String name, Function<String, CacheKey> parser, Set<CacheKey> keys) {
    Optional<JsonNode> given = body.field(name);
    if (given.isEmpty()) {
      return;
    }
    if (!given.get().isArray()) {
      throw new RequestRejected(Kind.INVALID_PARAMETER, name + " must be a list of strings");
    }
    int index = 0;
    for (JsonNode node : given.get()) {
      String element = "%s[%d]".formatted(name, index++);
      if (!node.isString()) {
        throw new RequestRejected(
            Kind.INVALID_PARAMETER, "%s is %s, it must be a string".formatted(element, node));
      }
      keys.add(RawRequest.parsed(Kind.INVALID_KEY, () -> {
        try {
          return parser.apply(node.stringValue());
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(element + ": " + e.getMessage(), e);
        }
      }));
      if (keys.size() > MAX) {
        throw new RequestRejected(Kind.INVALID_PARAMETER, "keys are more than %d".formatted(MAX));
      }
    }
  }
}
