package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.changes.ChangeKind;
import org.ocmcore.cache.domain.changes.ChangeQuery;
import org.ocmcore.cache.domain.changes.ChangeSource;
import org.ocmcore.cache.domain.changes.ChangeStream;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.port.ChangeListener.Kind;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.query.KeyFilter;

class ChangeEventSourceTest {
  private static final Instant AT = Instant.parse("2026-11-27T10:15:30.5Z");

  private final ChangeStream stream = new ChangeStream(false);
  private final ChangeSource server = stream.source("a:1");
  private final EventText text = new EventText();

  private ChangeEventSource follow(KeyFilter filter, int buffer) {
    ChangeQuery query = new ChangeQuery(filter, Set.of(ChangeKind.values()));
    return new ChangeEventSource(
        stream.subscribe(query, AppRule.DEFAULT, buffer),
        new FollowRequest(query, "/api/cache/changes/events", Optional.empty()),
        Json.mapper());
  }

  private void store(String key) {
    server.stored(
        new KeyInfo(CacheKey.of(key), Expiry.NEVER, 70, KeyInfo.UNKNOWN, false, "a:1"), AT);
  }

  private String take() {
    return new String(text.take(), StandardCharsets.UTF_8);
  }

  private static String event(String name, String data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }

  @Test
  void theEventsHaveTheDocumentedForm() {
    ChangeEventSource source = follow(KeyFilter.ALL, 2);
    assertFalse(source.addNews(text));
    assertEquals(
        event(
            "servers",
            "{\"servers\":[{\"address\":\"a:1\",\"reports\":[],\"reason\":\"its feed has not begun\"}]}"),
        take());
    server.began(Set.of(Kind.values()));
    store("k");
    server.removed(CacheKey.ofBytes(new byte[] {'a', -1}), AT);
    server.evicted(CacheKey.of("lost"), AT);
    server.skipped(9);
    assertFalse(source.addNews(text));
    assertEquals(
        event(
                "servers",
                "{\"servers\":[{\"address\":\"a:1\",\"reports\":[\"stored\",\"deleted\",\"evicted\"]}]}")
            + event(
                "change",
                "{\"kind\":\"stored\",\"key\":\"k\",\"server\":\"a:1\",\"at\":\"2026-11-27T10:15:30.500Z\",\"size_bytes\":70}")
            + event(
                "change",
                "{\"kind\":\"deleted\",\"key\":\"a\\\\xff\",\"key_base64\":\"Yf8=\",\"server\":\"a:1\",\"at\":\"2026-11-27T10:15:30.500Z\"}")
            + event("skipped", "{\"count\":1,\"server\":\"a:1\",\"reason\":\"buffer_full\"}")
            + event("skipped", "{\"count\":9,\"server\":\"a:1\",\"reason\":\"feed\"}"),
        take());
    assertFalse(source.addNews(text));
    assertTrue(text.isEmpty());
  }

  @Test
  void aSlowClientKeepsUp() {
    ChangeEventSource source = follow(KeyFilter.matching(KeyPattern.of("^x")), 10);
    for (int i = 0; i < 100_000; i++) {
      store(i % 50_000 == 0 ? "x" + i : "other");
      if (i % 1_000 == 0) {
        source.keepUp();
      }
    }
    source.addNews(text);
    List<String> lines = take().lines().toList();
    assertEquals(2, lines.stream().filter("event: change"::equals).count());
    assertFalse(lines.contains("event: skipped"));
  }

  @Test
  void aCostlyPatternEndsTheStream() {
    ChangeEventSource source = follow(KeyFilter.matching(KeyPattern.of("(?=(a+)+\\1b)a")), 10);
    store("a".repeat(240));
    source.keepUp();
    assertTrue(source.addNews(text));
    String events = take();
    assertTrue(
        events.contains(
            "event: error\ndata: {\"type\":\"urn:cache-app:problem:pattern-too-costly\""),
        events);
    source.close();
  }
}
