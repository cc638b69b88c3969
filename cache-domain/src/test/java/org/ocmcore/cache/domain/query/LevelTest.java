package org.ocmcore.cache.domain.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.index.RangeSummary;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.query.Level.Child;
import org.ocmcore.cache.domain.query.LevelQuery.Order;

class LevelTest {
  private static LevelQuery query(String prefix, String delimiter) {
    return new LevelQuery(KeyBytes.of(prefix), KeyBytes.of(delimiter), Order.NAME, 1_000);
  }

  /** Each child as name, next prefix, keys, and a star if it is a key. */
  private static List<String> children(Sample sample, String prefix, String delimiter) {
    return sample.finder().level(query(prefix, delimiter)).children().stream()
        .map(child -> "%s>%s %d%s"
            .formatted(child.name(), child.prefix(), child.sums().keys(), child.isKey() ? "*" : ""))
        .toList();
  }

  @Test
  void namesEndAtTheDelimiterOrTheEnd() {
    Sample sample = new Sample().add("user:1", "user:2:x", "user:2:y", "item:1", "plain");
    assertEquals(
        List.of("item>item: 1", "plain>plain 1*", "user>user: 3"), children(sample, "", ":"));
    assertEquals(List.of("1>user:1 1*", "2>user:2: 2"), children(sample, "user:", ":"));
    assertEquals(List.of("x>user:2:x 1*", "y>user:2:y 1*"), children(sample, "user:2:", ":"));
    assertEquals(List.of(), children(sample, "none:", ":"));
  }

  @Test
  void keyAndItsSubtreeAreOneChild() {
    Sample sample = new Sample().add("a", "a!", "a!:x", "a-b", "a:1", "a:2", "a;");
    assertEquals(
        List.of("a>a: 3*", "a!>a!: 2*", "a-b>a-b 1*", "a;>a; 1*"), children(sample, "", ":"));
  }

  @Test
  void prefixItselfIsTheUnnamedChild() {
    Sample sample = new Sample().add("a:", "a:b");
    assertEquals(List.of("a>a: 2"), children(sample, "", ":"));
    assertEquals(List.of(">a: 1*", "b>a:b 1*"), children(sample, "a:", ":"));
  }

  @Test
  void adjacentDelimitersEncloseAnEmptyName() {
    Sample sample = new Sample().add("a::b", "a::c", ":x", "::");
    assertEquals(List.of(">: 2", "a>a: 2"), children(sample, "", ":"));
    assertEquals(List.of(">a:: 2"), children(sample, "a:", ":"));
    assertEquals(List.of(">:: 1", "x>:x 1*"), children(sample, ":", ":"));
    assertEquals(List.of(">:: 1*"), children(sample, "::", ":"));
    assertEquals(
        List.of(">a::: 2*"), children(sample.add("a::", "a:::"), "a::", ":").subList(0, 1));
  }

  @Test
  void trailingDelimiterMakesALevel() {
    Sample sample = new Sample().add("a:", "b");
    assertEquals(List.of("a>a: 1", "b>b 1*"), children(sample, "", ":"));
    assertEquals(List.of(">a: 1*"), children(sample, "a:", ":"));
  }

  @Test
  void aPrefixMayEndWithinAName() {
    Sample sample = new Sample().add("user:1", "users:1", "use", "other");
    assertEquals(List.of(">use 1*", "r>user: 1", "rs>users: 1"), children(sample, "use", ":"));
  }

  @Test
  void aDelimiterMayHaveSeveralCharacters() {
    Sample sample = new Sample().add("a::b", "a:", "a:::c", "a:b", "a");
    assertEquals(List.of("a>a:: 3*", "a:>a: 1*", "a:b>a:b 1*"), children(sample, "", "::"));
    assertEquals(List.of(">a::: 2*", ":b>a::b 1*", "b>a:b 1*"), children(sample, "a:", "::"));
    Sample arrows = new Sample().add("a→b→c", "a→d");
    assertEquals(List.of("a>a→ 2"), children(arrows, "", "→"));
    assertEquals(List.of("b>a→b→ 1", "d>a→d 1*"), children(arrows, "a→", "→"));
  }

  @Test
  void namesNeedNotBeText() {
    CacheKey binary = CacheKey.ofBytes(new byte[] {'a', ':', (byte) 0xff, ':', 'x'});
    Sample sample = new Sample();
    sample.add(sample.any(binary, new Random(1)));
    Level level = sample.finder().level(query("a:", ":"));
    Child child = level.children().get(0);
    assertFalse(child.name().isVerbatim());
    assertEquals("\\xff", child.name().toString());
    assertEquals(KeyBytes.ofBytes(new byte[] {(byte) 0xff}), child.name());
    LevelQuery below = new LevelQuery(child.prefix(), KeyBytes.of(":"), Order.NAME, 10);
    assertEquals("x", sample.finder().level(below).children().get(0).name().toString());
    // Nothing comes after what begins with the last byte of all.
    LevelQuery last =
        new LevelQuery(KeyBytes.NONE, KeyBytes.ofBytes(new byte[] {(byte) 0xff}), Order.NAME, 10);
    Sample ends = new Sample();
    ends.add(ends.any(CacheKey.ofBytes(new byte[] {-1, -1, 'a'}), new Random(1)));
    ends.add(ends.any(CacheKey.ofBytes(new byte[] {-1, -1, 'b'}), new Random(2)));
    assertEquals(2, ends.finder().level(last).children().get(0).sums().keys());
  }

  @Test
  void limitShowsFirstChildrenAndCountsAll() {
    Sample sample = new Sample().add("big", 1_000, 60).add("few:1", "few:2", "x:1", "x:2", "x:3");
    Level level =
        sample.finder().level(new LevelQuery(KeyBytes.NONE, KeyBytes.of(":"), Order.SIZE, 2));
    assertEquals(List.of("big", "x"), names(level));
    assertEquals(3, level.totalChildren());
    assertTrue(level.isTruncated());
    assertEquals(new RangeSummary(6, 1_300, 5), level.totals());
    assertEquals(List.of("x", "few"), names(sample, Order.KEYS));
    assertEquals(List.of("big", "few"), names(sample, Order.NAME));
  }

  private static List<String> names(Sample sample, Order order) {
    return names(sample.finder().level(new LevelQuery(KeyBytes.NONE, KeyBytes.of(":"), order, 2)));
  }

  private static List<String> names(Level level) {
    return level.children().stream().map(child -> child.name().toString()).toList();
  }

  @Test
  void emptyDelimiterAndZeroLimitAreRejected() {
    assertThrows(IllegalArgumentException.class, () -> query("", ""));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LevelQuery(KeyBytes.NONE, KeyBytes.of(":"), Order.NAME, 0));
  }

  @RepeatedTest(20)
  void levelMatchesTheModel(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Sample sample = Sample.random(random, 2_000);
    KeyFinder finder = sample.finder();
    List<String> prefixes = List.of("", "a", "a:", ":", "::", "ab", "a:b:");
    List<String> delimiters = List.of(":", "::", "/", ":a", "!", "ab");
    for (String prefix : prefixes) {
      for (String delimiter : delimiters) {
        for (Order order : Order.values()) {
          int limit = 1 + random.nextInt(50);
          assertLevel(
              sample,
              finder,
              new LevelQuery(KeyBytes.of(prefix), KeyBytes.of(delimiter), order, limit));
        }
      }
    }
  }

  private static void assertLevel(Sample sample, KeyFinder finder, LevelQuery query) {
    Map<String, Child> model = new TreeMap<>();
    String prefix = text(query.prefix().bytes());
    String delimiter = text(query.delimiter().bytes());
    RangeSummary totals = new RangeSummary(0, 0, 0);
    for (KeyInfo key : sample.all()) {
      String text = text(key.key().bytes());
      if (text.startsWith(prefix)) {
        RangeSummary sums = new RangeSummary(1, key.size(), key.expiry().isNever() ? 1 : 0);
        totals = plus(totals, sums);
        int end = text.indexOf(delimiter, prefix.length());
        String name = text.substring(prefix.length(), end < 0 ? text.length() : end);
        String next = prefix + name + (end < 0 ? "" : delimiter);
        model.merge(name, new Child(part(name), part(next), end < 0, sums), LevelTest::merge);
      }
    }
    Level level = finder.level(query);
    assertEquals(
        model.values().stream()
            .sorted(order(query.order()))
            .limit(query.limit())
            .toList(),
        level.children(),
        query::toString);
    assertEquals(model.size(), level.totalChildren());
    assertEquals(totals, level.totals());
  }

  private static Comparator<Child> order(Order order) {
    Comparator<Child> by = switch (order) {
      case SIZE -> Comparator.comparing(child -> child.sums().bytes(), Comparator.reverseOrder());
      case KEYS -> Comparator.comparing(child -> child.sums().keys(), Comparator.reverseOrder());
      case NAME -> (one, other) -> 0;
    };
    return by.thenComparing(child -> text(child.name().bytes()));
  }

  private static Child merge(Child one, Child other) {
    return new Child(
        one.name(),
        one.prefix().length() > other.prefix().length() ? one.prefix() : other.prefix(),
        one.isKey() || other.isKey(),
        plus(one.sums(), other.sums()));
  }

  private static RangeSummary plus(RangeSummary one, RangeSummary other) {
    return new RangeSummary(
        one.keys() + other.keys(), one.bytes() + other.bytes(), one.never() + other.never());
  }

  /** A character a byte. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static KeyBytes part(String text) {
    return KeyBytes.ofBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
