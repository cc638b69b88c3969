package org.ocmcore.cache.adapter.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ocmcore.cache.domain.entry.VersionedEntry;

/**
 * The entity tags in a header of a request (RFC 9110, 8.8.3). The tag of a key is the version of
 * its value.
 *
 * @param given the header as it was sent
 * @param isAny whether it is {@code *}
 * @param tags at least one, unless it is; what the client may not know is decrypted in them
 */
record EntityTags(String given, boolean isAny, List<Tag> tags) {
  private static final Pattern TAG =
      Pattern.compile("(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"[ \t]*(,[ \t,]*|$)");

  EntityTags {
    tags = List.copyOf(tags);
  }

  /** A tag. @param isWeak whether equivalent contents may have it too */
  record Tag(boolean isWeak, String text) {}

  /**
   * The tags in this header; empty if the request has no such header.
   *
   * @throws RequestRejected if the header is malformed
   */
  static Optional<EntityTags> parse(RawRequest request, String header) {
    return request.header(header).map(text -> parse(header, text).with(request::tag));
  }

  private EntityTags with(UnaryOperator<String> meant) {
    return new EntityTags(
        given,
        isAny,
        tags.stream().map(tag -> new Tag(tag.isWeak(), meant.apply(tag.text()))).toList());
  }

  /**
   * The tags in this text.
   *
   * @param header whose text it is
   * @throws RequestRejected if it is malformed
   */
  static EntityTags parse(String header, String given) {
    String text = given.strip();
    if (text.equals("*")) {
      return new EntityTags(text, true, List.of());
    }
    List<Tag> tags = new ArrayList<>();
    Matcher tag = TAG.matcher(text);
    int from = 0;
    while (from < text.length()) {
      if (!tag.region(from, text.length()).lookingAt()) {
        throw rejected(header, text, "it must be * or an ETag in its quotes, such as \"5\"");
      }
      tags.add(new Tag(tag.group(1) != null, tag.group(2)));
      from = tag.end();
    }
    if (tags.isEmpty()) {
      throw rejected(header, text, "it is empty; send * or an ETag in its quotes");
    }
    return new EntityTags(text, false, tags);
  }

  /** The failure of a header that is not accepted. */
  static RequestRejected rejected(String header, String text, String reason) {
    return new RequestRejected(
        Kind.INVALID_PARAMETER, "%s is %s: %s".formatted(header, text, reason));
  }

  /** The tag of this version; empty if the server keeps no versions. */
  static Optional<String> of(long version) {
    return version == VersionedEntry.UNVERSIONED
        ? Optional.empty()
        : Optional.of('"' + text(version) + '"');
  }

  private static String text(long version) {
    return Long.toString(version);
  }

  /** Whether one of these is the tag of this version; the comparison is the weak one. */
  boolean include(long version) {
    return include(text(version));
  }

  /** Whether one of these has this text; the comparison is the weak one. */
  boolean include(String text) {
    return isAny || tags.stream().anyMatch(tag -> tag.text().equals(text));
  }
}
