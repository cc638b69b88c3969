package org.ocmcore.cache.adapter.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.query.KeyOrder;

/** The parameters and fields that several endpoints share, as their descriptions have them. */
final class ApiFields {
  static final ApiField KEY =
      ApiField.text("key", "the key as text, percent-encoded as one segment").required();
  static final ApiField KEY_BYTES = ApiField.base64(
          RawRequest.KEY_BASE64, "the bytes of the key in base64, of either alphabet")
      .required();
  static final ApiField APP = ApiField.text("app", "the name of the app").required();
  static final ApiField DUMP = ApiField.text("name", "the name of the dump").required();
  static final ApiField CREATED_AT = ApiField.text(
      DumpRequests.CREATED_AT,
      "the dump must be of this time, as answers give it: the name of the current dump is that of another one as soon as there is a newer; if it is of another, nothing is done");
  static final ApiField JOB = ApiField.text("id", "the number of the job").required();
  static final ApiField ASYNC = ApiField.flag(
      RawRequest.ASYNC,
      "begin a job and answer 202 at once, with the path of the job in `Location`; errors in the request come before that");
  static final ApiField FRESH = ApiField.flag(
      FindRequests.FRESH,
      "wait for a walk of all servers that begins now, so that keys count that others stored a moment ago");
  static final ApiField DETAILS = ApiField.flag(
      FindRequests.DETAILS,
      "say size, remaining lifetime, idle time, flags and server of each key, and the number of `copies` if several servers hold it");
  static final ApiField PATTERN =
      ApiField.text(RawRequest.PATTERN, "a regular expression that is found anywhere in the key");
  static final ApiField MATCH = ApiField.choice(
          RawRequest.MATCH,
          "how the pattern is read; a glob matches the whole key (`*`, `?`, `[a-z]`, `[!a-z]`, backslash)",
          List.of("regex", "glob"))
      .byDefault("regex");
  static final ApiField SORT = ApiField.choice(
          "sort",
          "the order of the keys: `size` has the largest first, `ttl` the shortest first and keys that never expire last, `idle` the longest first and unknown ones last, `server` follows the configuration; any but that by key needs a `limit` and has no further pages",
          KeyOrder.By.class)
      .byDefault("key");
  static final ApiField ORDER = ApiField.choice(
      "order", "ascending or descending, instead of the usual one", List.of("asc", "desc"));
  static final ApiField CURSOR =
      ApiField.text(KeyParameters.CURSOR, "the `next_cursor` of the page before");
  static final ApiField SERVER =
      ApiField.text(KeyParameters.SERVER, "keys on this server, named as in `stats/`");
  static final ApiField TIMEOUT = ApiField.of(
      KeyRequests.TIMEOUT,
      "the lifetime in seconds from now, or null for never",
      Description.map(
          "type",
          List.of("integer", "null"),
          "minimum",
          1,
          "maximum",
          Lifetime.MAX.toSeconds(),
          "default",
          KeyRequests.DEFAULT_TIMEOUT));
  static final ApiField IF_MATCH =
      ApiField.text("If-Match", "`*`, or the ETag that the key must have now");
  static final ApiField KNOWN = ApiField.text(
      "If-None-Match", "`*`, or the ETags of what the client has; one of them is answered 304");
  static final ApiField ABSENT =
      ApiField.text("If-None-Match", "`*`: store only if there is no such key");

  private static final List<ApiField> PREFIXES = List.of(
      ApiField.text("prefix", "keys with this prefix, if it is text"),
      ApiField.base64("prefix_base64", "the same in base64"));
  private static final ApiField OF_APP = ApiField.text("app", "keys of this app");
  private static final List<ApiField> CRITERIA = List.of(
      number("min_size", "keys whose items have at least this number of bytes"),
      number("max_size", "keys whose items have at most this number of bytes"),
      number("ttl_below", "keys that expire in less than this number of seconds"),
      number("ttl_above", "keys that expire in more than this number of seconds"),
      ApiField.flag("no_ttl", "keys that never expire"),
      number(
          "idle_above",
          "keys not read or written for more than this number of seconds; none if the store does not report it"),
      number("idle_below", "keys read or written less than this number of seconds ago"));

  private static final ApiField NEVER_FETCHED = ApiField.flag(
      KeyParameters.NEVER_FETCHED,
      "keys not read or refreshed since they were stored, as of the last look at each server; all if the store does not report it");

  private ApiFields() {}

  private static ApiField number(String name, String text) {
    return ApiField.number(name, 0, KeyParameters.MAX_FILTER, text);
  }

  /** How many of something, at most {@code most}. */
  static ApiField limit(int most, String text) {
    return ApiField.number(RawRequest.LIMIT, 1, most, text);
  }

  /** The filters of what a dump says of its entries. */
  static List<ApiField> filtersOfDump() {
    List<ApiField> filters = new ArrayList<>(PREFIXES);
    filters.add(OF_APP);
    filters.addAll(CRITERIA);
    return filters;
  }

  /** All filters. */
  static List<ApiField> filters() {
    List<ApiField> filters = filtersOfDump();
    filters.add(NEVER_FETCHED);
    filters.add(SERVER);
    return filters;
  }

  /** What selects changes that are followed. */
  static List<ApiField> scope() {
    List<ApiField> scope = new ArrayList<>(PREFIXES);
    scope.add(OF_APP);
    scope.add(SERVER);
    return scope;
  }

  /** The names of the filters that look at more than the key and its place. */
  static Set<String> criteria() {
    List<ApiField> criteria = new ArrayList<>(CRITERIA);
    criteria.add(NEVER_FETCHED);
    return Description.names(criteria);
  }

  /** A value to store. */
  static ApiField value() {
    return ApiField.of(
            "value",
            "text, which is stored as its plain bytes, other JSON, or `{\"base64\": …}` with the bytes",
            Map.of())
        .required();
  }
}
