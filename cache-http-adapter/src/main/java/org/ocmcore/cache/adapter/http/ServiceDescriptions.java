package org.ocmcore.cache.adapter.http;

import java.util.List;
import java.util.Map;
import org.ocmcore.cache.domain.access.Role;

/** What the document says of the endpoints about the service and its servers. */
final class ServiceDescriptions {
  private static final String GROUP = "service";
  private static final String MONITORING = "monitoring";
  private static final String TEXT = "text/plain";

  private ServiceDescriptions() {}

  private static Description viewing(String id, String summary) {
    return Description.of(id, GROUP, Role.VIEWER, summary);
  }

  static Description root() {
    return viewing("getRoot", "Where to begin; a browser is sent to the console")
        .answers(200, "links", IndexAnswer.class)
        .answersAs(302, "to the console, if text/html is accepted; needs no token", "");
  }

  static Description index() {
    return viewing("getIndex", "What can be asked for without parameters")
        .answers(200, "links", IndexAnswer.class);
  }

  static Description service() {
    return viewing("getService", "The service, the caller and what the caller may do")
        .saying(
            "Asks no server. `allowed` says which of `manage`, `dump` and `download` the caller may do now; `apps` is null for a caller who sees all.",
            "`target` is another text when the environment, the store, the servers, the file of dumps, the rule of apps or the rights of the caller are others: a POST, PUT or DELETE with it in `Cache-Target` is then 412 (`other-target`).")
        .answers(200, "the service", ServiceAnswer.class);
  }

  static Description stats() {
    return viewing("getStats", "Keys, servers, tracking and settings")
        .saying("Also the ring that fits, and the automatic dumps.")
        .answers(200, "the statistics", StatsAnswer.class);
  }

  static Description settings() {
    return viewing(
            "getSettings",
            "The effective settings, secrets masked, and where each comes from; none for callers limited to some apps")
        .answers(200, "the settings", SettingsAnswer.class);
  }

  static Description check() {
    return viewing("checkServers", "What each server is and offers, asked now; for all apps")
        .saying(
            "Its latency, version and counters, whether it needs a password, whether its keys can be `listed`,",
            "the kinds of changes that its feed `reports`, its `risks` in a sentence each and their `risk_kinds` (`down`, `unlisted`, `feed_withheld`, `evicted`, `nearly_full`, `flush_pending`), and which `ring` fits.")
        .answers(200, "the servers", CheckAnswer.class);
  }

  static Description history() {
    return viewing("getHistory", "The statistics of each server in the past; for all apps")
        .saying(
            "Of the samples within a `step` the last is answered. `step_seconds` is what the answer has: at least 2, and at least 60 if `since` is more than an hour ago.",
            "`hits`, `misses` and `evictions` count from the start of the server; a `restart` is an event, and they begin at 0 again.",
            "Other events are `flush`, `lost` and `back`. `items_before` is how many items the server had before a `restart` or `flush`.")
        .query(
            ApiField.of(
                "since",
                "the earliest time; an hour ago if it is left out",
                Map.of("type", "string", "format", "date-time")),
            ApiField.number(
                    "step", 1, HistoryRequest.MAX_STEP, "the time between two samples in seconds")
                .byDefault(1))
        .answers(200, "the samples and events", HistoryAnswer.class)
        .example("minutes", "since", "2026-01-31T12:00:00Z", "step", 60);
  }

  static Description live() {
    return Description.open("isLive", MONITORING, "Whether the process answers")
        .answersAs(200, "ok", TEXT);
  }

  static Description ready() {
    return Description.open("isReady", MONITORING, "Whether every check passes")
        .saying("With `Accept: application/json` the answer has all checks.")
        .query(ApiField.of(
            "verbose", "list all checks in text", Map.of("type", "string", "maxLength", 0)))
        .answers(200, "ready", ReadinessAnswer.class)
        .answersAs(200, "ready", TEXT)
        .answers(503, "not ready", ReadinessAnswer.class)
        .answersAs(503, "not ready", TEXT)
        .example("verbose", "verbose", "");
  }

  static Description metrics(boolean isPublic) {
    String summary = "Metrics for Prometheus; for callers who see all apps";
    return (isPublic
            ? Description.open("getMetrics", MONITORING, summary)
            : Description.of("getMetrics", MONITORING, Role.VIEWER, summary))
        .answersAs(200, "metrics", TEXT)
        .answersAs(200, "metrics", "application/openmetrics-text");
  }

  static Description document() {
    return page("getDescription", "This document")
        .answersAs(200, "the document", "application/json");
  }

  static Description docs() {
    return page("getDocs", "This document as a page")
        .answersAs(200, "the page", "text/html")
        .answersAs(301, "the same with a slash", "");
  }

  /** @param names of all files */
  static Description docsFile(List<String> names) {
    return page("getDocsFile", "A file that the page docs/ loads")
        .in(ApiField.choice("file", "its name", names).required())
        .answersAs(200, "the file", "text/javascript")
        .answersAs(200, "the file", "text/css");
  }

  static Description console() {
    return page("getConsole", "The web console")
        .answersAs(200, "the page", "text/html")
        .answersAs(301, "the same with a slash", "");
  }

  /** @param folders of all files @param names of all files */
  static Description consoleFile(List<String> folders, List<String> names) {
    return page("getConsoleFile", "A file that the page console/ loads")
        .in(
            ApiField.choice("folder", "its folder", folders).required(),
            ApiField.choice("asset", "its name", names).required())
        .answersAs(200, "the file", "text/javascript")
        .answersAs(200, "the file", "text/css")
        .answersAs(200, "the file", "image/svg+xml");
  }

  private static Description page(String id, String summary) {
    return Description.open(id, GROUP, summary)
        .headers(ApiFields.KNOWN)
        .answersAs(304, "the client has this version", "");
  }
}
