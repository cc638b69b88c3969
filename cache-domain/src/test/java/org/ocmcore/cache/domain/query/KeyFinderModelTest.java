package org.ocmcore.cache.domain.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.query.CopiesSummary.AppCopies;

class KeyFinderModelTest extends KeyFinderFixture {
  private static final List<String> PATTERNS = List.of("^a", "b:", "[ab]+$", "^:+", "ÿ");
  private static final List<String> APPS = List.of("a", "ab", "global", "!");
  private static final List<String> PREFIXES = List.of("", "a", "a:", ":", "é");

  /** A filter, and what says the same of a key. */
  private record Case(KeyFilter filter, Predicate<KeyInfo> model) {
    private static final Case ALL = new Case(KeyFilter.ALL, key -> true);

    private Case and(KeyFilter more, Predicate<KeyInfo> meaning) {
      return new Case(more, model.and(meaning));
    }

    static Case any(Random random, Sample sample) {
      Case one = ALL;
      if (random.nextBoolean()) {
        KeyBytes prefix = KeyBytes.of(one(PREFIXES, random));
        one = one.and(
            KeyFilter.startingWith(prefix),
            key -> prefix.begins(key.key().bytes(), 0, key.key().length()));
      }
      if (random.nextInt(3) == 0) {
        String regex = one(PATTERNS, random);
        Pattern plain = Pattern.compile(regex);
        one = one.and(
            one.filter.with(KeyPattern.of(regex)),
            key -> plain.matcher(key.key().characters()).find());
      }
      if (random.nextInt(3) == 0) {
        AppName app = new AppName(one(APPS, random));
        one = one.and(one.filter.with(app), key -> AppModel.DEFAULT.owns(app, key.key()));
      }
      if (random.nextInt(4) == 0) {
        String server = one(Sample.SERVERS, random);
        one = one.and(one.filter.on(server), key -> key.server().equals(server));
      }
      return random.nextBoolean() ? one.withTraits(random, sample) : one;
    }

    private static <T> T one(List<T> list, Random random) {
      return list.get(random.nextInt(list.size()));
    }

    private Case withTraits(Random random, Sample sample) {
      OptionalLong min = maybe(random, random.nextInt(50_000));
      OptionalLong max = maybe(random, 50_000 + random.nextInt(50_000));
      OptionalLong below = maybe(random, 2_000 + random.nextInt(100_000));
      OptionalLong above = maybe(random, random.nextInt(1_000));
      boolean never = below.isEmpty() && above.isEmpty() && random.nextBoolean();
      OptionalLong idle = maybe(random, random.nextInt(1_000));
      boolean hasRoom = idle.isPresent() || random.nextBoolean();
      OptionalLong recent = maybe(random, hasRoom ? 1_002 + random.nextInt(1_000) : 0);
      boolean unfetched = random.nextBoolean();
      return and(
          filter.with(new KeyCriteria(
              min,
              max,
              seconds(below),
              seconds(above),
              never,
              seconds(idle),
              seconds(recent).map(time -> time.plusMillis(random.nextInt(1_000))),
              unfetched)),
          key -> (min.isEmpty() || key.size() >= min.getAsLong())
              && (max.isEmpty() || key.size() <= max.getAsLong())
              && (below.isEmpty() || has(sample.ttl(key), ttl -> ttl < below.getAsLong()))
              && (above.isEmpty() || has(sample.ttl(key), ttl -> ttl > above.getAsLong()))
              && (!never || key.expiry().isNever())
              && (idle.isEmpty() || has(sample.idle(key), idles -> idles > idle.getAsLong()))
              && (recent.isEmpty() || has(sample.idle(key), idles -> idles < recent.getAsLong()))
              && !(unfetched && key.fetched()));
    }

    private static OptionalLong maybe(Random random, long value) {
      return random.nextBoolean() ? OptionalLong.of(value) : OptionalLong.empty();
    }

    private static Optional<Duration> seconds(OptionalLong seconds) {
      return seconds.isEmpty()
          ? Optional.empty()
          : Optional.of(Duration.ofSeconds(seconds.getAsLong()));
    }

    private static boolean has(OptionalLong value, Predicate<Long> test) {
      return value.isPresent() && test.test(value.getAsLong());
    }
  }

  @RepeatedTest(6)
  void everyQueryMatchesTheModel(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Sample sample = Sample.random(random, 3_000);
    sample.clock.advance(Duration.ofMillis(random.nextInt(999)));
    KeyFinder alone = sample.finder();
    KeyFinder shared = sample.finder(threads, 3);
    for (int i = 0; i < 25; i++) {
      Case any = Case.any(random, sample);
      List<CacheKey> expected =
          sample.all().stream().filter(any.model).map(KeyInfo::key).toList();
      for (KeyFinder finder : List.of(alone, shared)) {
        KeyPage all = finder.page(KeyQuery.of(any.filter));
        assertEquals(expected, keys(all.keys()), any.filter::toString);
        assertEquals(expected.size(), all.matching());
        assertEquals(expected.size(), all.keys().size());
        assertEquals(sample.all().size(), all.total());
        List<CacheKey> copies = new ArrayList<>();
        finder.selectCopies(any.filter).visit(key -> copies.add(key.key()));
        assertEquals(expected, copies);
        assertEquals(expected.size(), sum(finder.selectCopies(any.filter).countByServer()));
        CopiesSummary summary = finder.summarizeCopies(any.filter, 1_000, 5);
        assertEquals(expected.size(), summary.copies());
        assertEquals(expected.subList(0, Math.min(5, expected.size())), summary.sample());
        assertEquals(
            expected.size(),
            summary.apps().stream().mapToLong(AppCopies::copies).sum());
        assertEquals(summary.totalApps(), summary.apps().size());
        assertEquals(
            expected.size(),
            summary.servers().values().stream().mapToLong(Long::longValue).sum());
        assertEquals(expected.size(), finder.summary(any.filter, 5).totals().keys());
        assertEquals(
            expected.subList(0, Math.min(5, expected.size())),
            keys(finder.summary(any.filter, 5).first()));
        assertPages(finder, any.filter, expected, 1 + random.nextInt(400));
      }
    }
  }

  private static void assertPages(
      KeyFinder finder, KeyFilter filter, List<CacheKey> expected, int limit) {
    List<CacheKey> seen = new ArrayList<>();
    KeyQuery query = KeyQuery.of(filter).limitedTo(limit);
    Optional<CacheKey> next;
    do {
      KeyPage page = finder.page(query);
      assertEquals(expected.size(), page.matching());
      assertEquals(Math.min(limit, expected.size() - seen.size()), page.keys().size());
      seen.addAll(keys(page.keys()));
      next = page.next();
      query = next.map(query::after).orElse(query);
    } while (next.isPresent());
    assertEquals(expected, seen);
  }
}
