package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * An answer before it is written.
 *
 * @param body a record that becomes a JSON object; an {@link Iterable} in it is written while it is
 *     iterated, and never held as a whole. A {@link RawValue} or {@link TextPage} is sent as its
 *     bytes, and {@link NoBody} as nothing
 * @param hints what the client has probably meant, or should know; each is asked when the body is
 *     written, and may be empty
 */
record HttpAnswer(
    int status, Map<String, String> headers, Record body, List<Supplier<Optional<String>>> hints) {
  private static final String ETAG = "ETag";

  HttpAnswer {
    headers = Map.copyOf(headers);
    hints = List.copyOf(hints);
  }

  HttpAnswer(int status, Map<String, String> headers, Record body) {
    this(status, headers, body, List.of());
  }

  /** The same with one more hint beside the other members. */
  HttpAnswer with(Supplier<Optional<String>> hint) {
    return new HttpAnswer(
        status, headers, body, Stream.concat(hints.stream(), Stream.of(hint)).toList());
  }

  /** The answer that the client has the newest version already. */
  static HttpAnswer notModified(long version) {
    return new HttpAnswer(304, Map.of(), new NoBody()).tagged(version);
  }

  /** The body of an answer that has none. */
  record NoBody() {}

  /** The same with the tag of this version, if the server keeps versions. */
  HttpAnswer tagged(long version) {
    Map<String, String> tagged = new HashMap<>(headers);
    EntityTags.of(version).ifPresent(tag -> tagged.put(ETAG, tag));
    return new HttpAnswer(status, tagged, body, hints);
  }

  /** The same with another text in its entity tag, if it has one. */
  HttpAnswer tagged(UnaryOperator<String> shown) {
    String tag = headers.get(ETAG);
    if (tag == null) {
      return this;
    }
    Map<String, String> tagged = new HashMap<>(headers);
    tagged.put(ETAG, '"' + shown.apply(tag.substring(1, tag.length() - 1)) + '"');
    return new HttpAnswer(status, tagged, body, hints);
  }

  /** The body with its hints, to be written. */
  Record content() {
    return hints.isEmpty() ? body : new Hinted(body, new HintJson(hints));
  }

  private record Hinted(
      @JsonUnwrapped Record body,
      @JsonInclude(Include.NON_EMPTY) HintJson hint) {}

  static HttpAnswer ok(Record body) {
    return withStatus(200, body);
  }

  static HttpAnswer withStatus(int status, Record body) {
    return new HttpAnswer(status, Map.of(), body);
  }
}
