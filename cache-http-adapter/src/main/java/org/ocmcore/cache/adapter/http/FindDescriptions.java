package org.ocmcore.cache.adapter.http;

import org.ocmcore.cache.domain.access.Role;
import org.ocmcore.cache.domain.query.LevelQuery;

/** What the document says of the endpoints that find keys. */
final class FindDescriptions {
  private static final String KEYS = "keys";
  private static final String APPS = "apps";
  private static final String ANCHORED = "^user:";
  private static final ApiField PAGE =
      ApiFields.limit(FindRequests.MAX_PAGE, "the most keys; without it, the answer has all keys");
  private static final ApiField VALUES =
      ApiField.flag("values", "answer values as well; needs the role `reader`");
  private static final ApiField REQUIRED_PATTERN = ApiFields.PATTERN.required();

  private static final String FILTERED =
      "A key must pass all filters. `count` is the number of keys that pass, and `total_keys` the number of all keys.";

  private FindDescriptions() {}

  private static Description viewing(String id, String group, String summary) {
    return Description.of(id, group, Role.VIEWER, summary).query(ApiFields.FRESH);
  }

  static Description page() {
    return viewing("listKeys", KEYS, "All keys, or those that pass filters")
        .saying(FILTERED, "Without `limit`, the answer streams all keys.")
        .query(ApiFields.filters())
        .query(ApiFields.SORT, ApiFields.ORDER, ApiFields.CURSOR, PAGE, ApiFields.DETAILS)
        .answers(200, "the keys", KeysAnswers.Page.class)
        .example("largest", "sort", "size", RawRequest.LIMIT, 10, "details", true)
        .example("filtered", "prefix", "user:", "ttl_above", 60)
        .example("fresh", "fresh", true);
  }

  static Description pattern() {
    return viewing("findKeys", KEYS, "The keys that match a pattern")
        .saying(
            FILTERED,
            "With `values`, the answer has the values of the first keys, up to 32 MiB; `truncated` says whether more match.")
        .query(REQUIRED_PATTERN, ApiFields.MATCH, VALUES)
        .query(ApiFields.filters())
        .query(
            ApiFields.SORT,
            ApiFields.ORDER,
            ApiFields.CURSOR,
            ApiFields.limit(
                FindRequests.MAX_PAGE,
                "the most keys; with `values` at most %d, and %d if it is left out"
                    .formatted(FindRequests.MAX_VALUES, FindRequests.DEFAULT_VALUES)),
            ApiFields.DETAILS)
        .answers(
            200,
            "the keys, or with `values` their values",
            KeysAnswers.Page.class,
            KeysAnswers.Values.class)
        .example("regex", RawRequest.PATTERN, ANCHORED)
        .example("glob", RawRequest.PATTERN, "user:*", RawRequest.MATCH, "glob")
        .example("page", RawRequest.PATTERN, ANCHORED, RawRequest.LIMIT, 10, "details", true)
        .example("values", RawRequest.PATTERN, ANCHORED, "values", true);
  }

  static Description stats() {
    return viewing("summarizeKeys", KEYS, "Statistics of the keys that match a pattern")
        .query(REQUIRED_PATTERN, ApiFields.MATCH, VALUES)
        .query(ApiFields.filters())
        .query(ApiFields.limit(
                FindRequests.MAX_PAGE,
                "how many of the keys to name; with `values` at most " + FindRequests.MAX_VALUES)
            .byDefault(FindRequests.DEFAULT_FIRST_KEYS))
        .answers(200, "the statistics, with the first keys", KeysAnswers.Summary.class)
        .example("statistics", RawRequest.PATTERN, ANCHORED)
        .example("values", RawRequest.PATTERN, ANCHORED, "values", true, RawRequest.LIMIT, 10);
  }

  static Description tree() {
    return viewing("listTree", KEYS, "One level of the tree of keys")
        .saying(
            "A name is the part of a key from `prefix` to the next `delimiter` or the end.",
            "A child stands for all keys with the same name: the key itself (`is_key`), and all keys that continue with the delimiter.",
            "Its `prefix` is that of the next level. Counts are exact.",
            "`total_children` and `truncated` describe the names that are left out; `keys`, `bytes` and `never_expire` the whole level.")
        .query(
            ApiField.text("prefix", "the level below this prefix"),
            ApiField.base64("prefix_base64", "the same in base64"),
            ApiField.text("delimiter", "what ends a name; one character or several")
                .byDefault(":"),
            ApiField.choice(
                    "sort",
                    "the order of the names; `size` and `keys` have the largest first",
                    LevelQuery.Order.class)
                .byDefault("size"),
            ApiFields.limit(FindRequests.MAX_PAGE, "the most names")
                .byDefault(FindRequests.DEFAULT_CHILDREN))
        .answers(200, "the level", TreeAnswer.class)
        .example("below", "prefix", "user:", "sort", "name");
  }

  static Description analyze() {
    return viewing("analyzeKeys", KEYS, "What keys are like as a whole")
        .saying(
            "Totals, the 15 largest apps and keys, keys and bytes by lifetime, size and idle time, keys never fetched,",
            "keys on several servers, and keys that expire in each of the next 60 minutes.")
        .query(ApiFields.PATTERN, ApiFields.MATCH)
        .query(ApiFields.filters())
        .answers(200, "the analysis", AnalysisAnswer.class)
        .example("matching", RawRequest.PATTERN, ANCHORED);
  }

  static Description apps() {
    return viewing("summarizeApps", APPS, "Statistics of each app")
        .answers(200, "the statistics by app", AppAnswers.All.class);
  }

  static Description app() {
    return viewing("summarizeApp", APPS, "Statistics of one app")
        .in(ApiFields.APP)
        .answers(200, "the statistics", AppAnswers.One.class);
  }

  static Description registry() {
    return viewing("listApps", APPS, "The first keys of each app")
        .saying("`truncated` names the apps with more keys.")
        .query(ApiFields.limit(FindRequests.MAX_PAGE, "the most keys of an app")
            .byDefault(FindRequests.DEFAULT_REGISTRY))
        .answers(200, "the keys by app", AppAnswers.Registry.class)
        .example("few", RawRequest.LIMIT, 10);
  }

  static Description ofApp() {
    return viewing("findKeysOfApp", APPS, "The keys of an app that match a pattern")
        .in(ApiFields.APP)
        .query(REQUIRED_PATTERN, ApiFields.MATCH)
        .query(ApiFields.filters())
        .answers(200, "the keys", KeysAnswers.OfApp.class)
        .example("matching", RawRequest.PATTERN, "1$");
  }
}
