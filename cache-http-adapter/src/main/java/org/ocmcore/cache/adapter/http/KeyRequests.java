package org.ocmcore.cache.adapter.http;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.named.StoreRequest;
import org.ocmcore.cache.domain.port.Precondition;
import org.ocmcore.cache.viewer.DecoderChain;
import org.ocmcore.cache.viewer.ViewWindow;
import tools.jackson.databind.JsonNode;

/** The requests about one key. */
final class KeyRequests {
  /** A lifetime in seconds, or null for one that never ends. */
  static final String TIMEOUT = "timeout";

  private static final String VALUE = "value";
  private static final String FLAGS = "flags";

  /** The timeout that leaves the lifetime as it is. */
  private static final String KEEP = "keep";

  static final long DEFAULT_TIMEOUT = 3600;

  private KeyRequests() {}

  /** The {@code timeout} in a body; an hour if it is left out. */
  static Lifetime timeout(JsonBody body) {
    return timeout(body, "null for never");
  }

  /** @param other what else it may be, for the message */
  private static Lifetime timeout(JsonBody body, String other) {
    Optional<JsonNode> given = body.field(TIMEOUT);
    if (given.isPresent() && given.get().isNull()) {
      return Lifetime.FOREVER;
    }
    return Lifetime.ofSeconds(
        body.numberOr(TIMEOUT, 1, Lifetime.MAX.toSeconds(), other).orElse(DEFAULT_TIMEOUT));
  }

  /**
   * Asks for an entry.
   *
   * @param hasValue whether the value is wanted, not only what is known of the key
   * @param known the versions that the client has
   * @param memory takes what its value needs
   */
  record Fetch(
      CacheKey key, boolean hasValue, Optional<EntityTags> known, ByteBudget.Share memory) {
    static Fetch parse(RawRequest request) {
      return new Fetch(
          request.key(),
          request.query().flag(VALUE, true),
          KeyConditions.ofRead(request),
          request.memory());
    }
  }

  /**
   * Asks for the bytes of a value.
   *
   * @param known the versions that the client has
   * @param memory takes what the value needs
   */
  record Raw(CacheKey key, Optional<EntityTags> known, ByteBudget.Share memory) {
    private static final String RAW = "raw";

    static Raw parse(RawRequest request) {
      return new Raw(request.key(), KeyConditions.ofRead(request), request.memory());
    }

    /** Whether a request for a key asks for this. */
    static boolean isWanted(RawRequest request) {
      return request.query().flag(RAW);
    }
  }

  /** Asks what a value is. @param memory takes what the value needs */
  record View(CacheKey key, DecoderChain chain, ViewWindow window, ByteBudget.Share memory) {
    private static final String DECODE = "decode";

    static View parse(RawRequest request) {
      DecoderChain chain = request
          .query()
          .text(DECODE)
          .map(text -> RawRequest.parsed(Kind.INVALID_PARAMETER, () -> chain(text)))
          .orElse(DecoderChain.AUTO);
      long offset = request.query().number("offset", 0, Long.MAX_VALUE).orElse(0);
      int limit = (int)
          request.query().number("limit", 2, ViewWindow.MAX_LIMIT).orElse(ViewWindow.MAX_LIMIT);
      return new View(request.key(), chain, new ViewWindow(offset, limit), request.memory());
    }

    private static DecoderChain chain(String text) {
      try {
        return DecoderChain.parse(text);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "decode is \"%s\": %s".formatted(text, e.getMessage()), e);
      }
    }

    /** Whether a request for a key asks for this. */
    static boolean isWanted(RawRequest request) {
      return request.query().text(DECODE).isPresent();
    }
  }

  /** Asks for an entry by its bytes, what its value is, or the bytes of its value. */
  sealed interface ByBytes permits ByBytes.Entry, ByBytes.Viewed, ByBytes.Bytes {
    static ByBytes parse(RawRequest request) {
      boolean isRaw = Raw.isWanted(request);
      boolean isViewed = View.isWanted(request);
      boolean isWithout = !request.query().flag(VALUE, true);
      if (isRaw && isViewed || isWithout && (isRaw || isViewed)) {
        throw new RequestRejected(
            Kind.INVALID_PARAMETER, "give one of decode, raw=true and value=false");
      }
      if (isRaw) {
        return new Bytes(Raw.parse(request));
      }
      return isViewed ? new Viewed(View.parse(request)) : new Entry(Fetch.parse(request));
    }

    record Bytes(Raw raw) implements ByBytes {}

    record Entry(Fetch fetch) implements ByBytes {}

    record Viewed(View view) implements ByBytes {}
  }

  /** Stores an entry. @param memory takes what an older value needs that is read before */
  record Store(StoreRequest work, ByteBudget.Share memory) {
    static final Set<String> FIELDS = Set.of(VALUE, TIMEOUT, FLAGS);

    static Store parse(RawRequest request, ValueJson values) {
      JsonBody body = request.body();
      CacheValue value = value(body, values);
      OptionalLong flags = body.number(FLAGS, 0, CacheValue.MAX_FLAGS);
      Optional<Lifetime> lifetime = keepsLifetime(body)
          ? Optional.empty()
          : Optional.of(KeyRequests.timeout(body, "null for never, or \"keep\""));
      CacheKey key = request.key();
      Precondition precondition = KeyConditions.ofStore(request);
      return RawRequest.parsed(
          Kind.INVALID_PARAMETER,
          () -> new Store(
              new StoreRequest(
                  key,
                  flags.isPresent() ? CacheValue.wrap(value.bytes(), flags.getAsLong()) : value,
                  flags.isEmpty() && !ValueJson.isJson(body.required(VALUE)),
                  lifetime,
                  precondition),
              request.memory()));
    }

    private static boolean keepsLifetime(JsonBody body) {
      return body.field(TIMEOUT)
          .filter(given -> given.isString() && given.stringValue().equals(KEEP))
          .isPresent();
    }

    private static CacheValue value(JsonBody body, ValueJson values) {
      try {
        return values.toStore(body.required(VALUE));
      } catch (IllegalArgumentException e) {
        throw new RequestRejected(
            Kind.INVALID_PARAMETER, "value cannot be stored: " + e.getMessage());
      }
    }
  }

  /** Gives an entry a new lifetime. */
  record Refresh(CacheKey key, Lifetime timeout) {
    static final Set<String> FIELDS = Set.of(TIMEOUT);

    static Refresh parse(RawRequest request) {
      KeyConditions.rejectAll(request);
      return new Refresh(request.key(), KeyRequests.timeout(request.body()));
    }
  }

  /** Deletes an entry. */
  record Delete(CacheKey key, Precondition precondition) {
    static Delete parse(RawRequest request) {
      return new Delete(request.key(), KeyConditions.ofDelete(request));
    }
  }
}
