package org.ocmcore.cache.adapter.http;

import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.adapter.http.EntityTags.Tag;
import org.ocmcore.cache.domain.port.Precondition;

/** What the headers of a request about one key demand of it (RFC 9110, 13.1). */
final class KeyConditions {
  private static final String IF_MATCH = "If-Match";
  private static final String IF_NONE_MATCH = "If-None-Match";

  /** Fits a number of memcached that is no negative long. */
  private static final String VERSION = "[1-9][0-9]{0,17}";

  private KeyConditions() {}

  /** The versions that the client of a read has already; empty if it has not said. */
  static Optional<EntityTags> ofRead(RawRequest request) {
    reject(request, IF_MATCH, "a read takes If-None-Match; If-Match is for POST and DELETE");
    return EntityTags.parse(request, IF_NONE_MATCH);
  }

  /** What a store demands. */
  static Precondition ofStore(RawRequest request) {
    Optional<EntityTags> added = EntityTags.parse(request, IF_NONE_MATCH);
    if (added.isEmpty()) {
      return ofMatch(request);
    }
    if (!added.get().isAny()) {
      throw EntityTags.rejected(
          IF_NONE_MATCH, added.get().given(), "a POST takes * only, to store a new key");
    }
    reject(request, IF_MATCH, "send it or If-None-Match, not both");
    return Precondition.ABSENT;
  }

  /** What a deletion demands. */
  static Precondition ofDelete(RawRequest request) {
    reject(request, IF_NONE_MATCH, "a DELETE takes If-Match only");
    return ofMatch(request);
  }

  /** A new lifetime has no condition: memcached would ignore it. */
  static void rejectAll(RawRequest request) {
    String reason = "a PUT takes no precondition, since memcached checks none for a new lifetime";
    reject(request, IF_MATCH, reason);
    reject(request, IF_NONE_MATCH, reason);
  }

  /** A change must not happen whatever its precondition says. Only after the request was parsed. */
  static void rejectUntaken(RawRequest request) {
    for (String header : List.of(IF_MATCH, IF_NONE_MATCH)) {
      if (!request.hasAskedFor(header)) {
        reject(
            request,
            header,
            "this request takes no precondition, so nothing was done; a POST or DELETE of one key does");
      }
    }
  }

  private static void reject(RawRequest request, String header, String reason) {
    request.header(header).ifPresent(text -> {
      throw EntityTags.rejected(header, text, reason);
    });
  }

  private static Precondition ofMatch(RawRequest request) {
    return EntityTags.parse(request, IF_MATCH)
        .map(KeyConditions::ofMatch)
        .orElse(Precondition.NONE);
  }

  private static Precondition ofMatch(EntityTags match) {
    if (match.isAny()) {
      return Precondition.PRESENT;
    }
    Tag tag = match.tags().get(0);
    if (match.tags().size() > 1 || tag.isWeak() || !tag.text().matches(VERSION)) {
      throw EntityTags.rejected(
          IF_MATCH, match.given(), "send * or one ETag as GET gives it, such as \"5\"");
    }
    return Precondition.version(Long.parseLong(tag.text()));
  }
}
