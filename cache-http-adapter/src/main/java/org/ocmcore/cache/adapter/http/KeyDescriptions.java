package org.ocmcore.cache.adapter.http;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ocmcore.cache.domain.access.Operation;
import org.ocmcore.cache.domain.access.Role;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.viewer.ViewWindow;

/** What the document says of the endpoints about one key. */
final class KeyDescriptions {
  private static final String GROUP = "key";
  private static final String BYTES = "application/octet-stream";
  private static final String BASE64 = "dXNlcjox";
  private static final ApiField HAS_VALUE = ApiField.of(
      "value",
      "false: only what is known of the key; the item is not touched, and viewers may ask",
      Map.of("type", "boolean", "default", true));
  private static final ApiField FLAGS = ApiField.number(
      "flags",
      0,
      CacheValue.MAX_FLAGS,
      "the flags of the item; if they are left out, the replaced item's stay for text and bytes, and other items get 0");
  private static final ApiField STORED_TIMEOUT = ApiField.lifetime(
          KeyRequests.TIMEOUT,
          "the lifetime in seconds, null for never, or \"keep\" for the one that the key has, which must exist",
          "keep")
      .byDefault(KeyRequests.DEFAULT_TIMEOUT);
  private static final String ETAG =
      "`ETag` is the version of the item, which changes whenever a value is stored, not with a new lifetime.";
  private static final String VIEWED =
      "The `steps` of decoding with their `decoder`, `reason` and `bytes`, the `format` of what came out, `notes`, and a part of the `content` as text. Nothing is executed or instantiated.";

  private KeyDescriptions() {}

  private static Description known(String id, Role role, String summary) {
    return Description.of(id, GROUP, role, summary)
        .headers(ApiFields.KNOWN)
        .answersAs(304, "the client has this version", "");
  }

  /** Takes the key as text in the path. */
  private static Description inPath(Description description) {
    return description.in(ApiFields.KEY).refusing(Set.of(RawRequest.KEY_BASE64));
  }

  static Description fetch() {
    return inPath(known("getKey", Role.READER, "One key with its value"))
        .saying(ETAG)
        .query(HAS_VALUE)
        .answers(200, "the key", KeyAnswers.Entry.class, KeyAnswers.Metadata.class)
        .example("metadata", "value", false);
  }

  static Description raw() {
    return inPath(known("getValue", Role.READER, "The bytes of a value as a file"))
        .saying(ETAG)
        .answersAs(200, "the bytes; the flags are in X-Memcached-Flags", BYTES);
  }

  static Description view() {
    return inPath(
            Description.of("viewValue", GROUP, Role.READER, "What a value is, decoded as text"))
        .saying(VIEWED)
        .query(viewed())
        .answers(200, "the decoded value", ViewAnswer.class)
        .example("automatic", "decode", "auto")
        .example("part", "decode", "none", "offset", 0, "limit", 16);
  }

  private static List<ApiField> viewed() {
    return List.of(
        ApiField.text("decode", "`auto`, `none`, or decoders in their order, joined by commas"),
        ApiField.number("offset", 0, QueryString.MOST, "the first character").byDefault(0),
        ApiField.number("limit", 2, ViewWindow.MAX_LIMIT, "the most characters")
            .byDefault(ViewWindow.MAX_LIMIT));
  }

  static Description byBytes() {
    return known("getKeyByBytes", Role.READER, "One key by its bytes, or what its value is")
        .saying(ETAG, "With `decode`:", VIEWED)
        .query(ApiFields.KEY_BYTES, HAS_VALUE, ApiField.flag("raw", "answer the bytes as a file"))
        .query(viewed())
        .answers(
            200,
            "the key, or with `decode` its decoded value",
            KeyAnswers.Entry.class,
            KeyAnswers.Metadata.class,
            ViewAnswer.class)
        .answersAs(200, "with `raw=true` the bytes", BYTES)
        .example("value", RawRequest.KEY_BASE64, BASE64)
        .example("metadata", RawRequest.KEY_BASE64, BASE64, "value", false)
        .example("file", RawRequest.KEY_BASE64, BASE64, "raw", true)
        .example("view", RawRequest.KEY_BASE64, BASE64, "decode", "auto");
  }

  private static Description change(String id, String summary) {
    return Description.of(id, GROUP, Role.OPERATOR, summary).needing(Operation.MANAGE);
  }

  private static Description storing(String id, String summary) {
    return change(id, summary)
        .saying(
            "With a header, the server compares and stores in one step, so one of several writers wins.",
            "The older value stays if the new one is refused.")
        .headers(ApiFields.ABSENT, ApiFields.IF_MATCH)
        .body(ApiFields.value(), STORED_TIMEOUT, FLAGS)
        .answers(201, "the key is new", KeyAnswers.Stored.class)
        .answers(200, "the key was there", KeyAnswers.Stored.class);
  }

  static Description store() {
    return inPath(storing("storeKey", "Store a value"))
        .bodyExample("text", "value", "Ada", KeyRequests.TIMEOUT, 600)
        .bodyExample("json", "value", Map.of("name", "Ada"), KeyRequests.TIMEOUT, null)
        .bodyExample("bytes", "value", Map.of("base64", "AP8="), KeyRequests.TIMEOUT, "keep")
        .bodyExample("flags", "value", "Ada", "flags", 16);
  }

  static Description storeByBytes() {
    return storing("storeKeyByBytes", "Store a value under the bytes of a key")
        .query(ApiFields.KEY_BYTES)
        .example("text", Map.of(RawRequest.KEY_BASE64, BASE64), Map.of("value", "Ada"));
  }

  private static Description refreshing(String id, String summary) {
    return change(id, summary)
        .saying(
            "Neither reads nor writes the value.",
            "`If-Match` and `If-None-Match` are 400, since memcached checks no version for a new lifetime.")
        .body(ApiFields.TIMEOUT)
        .answers(200, "the key has the lifetime", KeyAnswers.Refreshed.class);
  }

  static Description refresh() {
    return inPath(refreshing("refreshKey", "Give a key a new lifetime"))
        .bodyExample("hour", KeyRequests.TIMEOUT, 3600)
        .bodyExample("never", KeyRequests.TIMEOUT, null);
  }

  static Description refreshByBytes() {
    return refreshing("refreshKeyByBytes", "Give a key a new lifetime, by its bytes")
        .query(ApiFields.KEY_BYTES)
        .example("hour", Map.of(RawRequest.KEY_BASE64, BASE64), Map.of(KeyRequests.TIMEOUT, 3600));
  }

  private static Description deleting(String id, String summary) {
    return change(id, summary)
        .saying("The key is deleted on every server that holds it.")
        .headers(ApiFields.IF_MATCH)
        .answers(200, "the key is deleted", KeyAnswers.Deleted.class);
  }

  static Description delete() {
    return inPath(deleting("deleteKey", "Delete a key"));
  }

  static Description deleteByBytes() {
    return deleting("deleteKeyByBytes", "Delete a key by its bytes")
        .query(ApiFields.KEY_BYTES)
        .example("delete", RawRequest.KEY_BASE64, BASE64);
  }
}
