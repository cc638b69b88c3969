package org.ocmcore.cache.adapter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.cli.TopState.Sort;

class TopScreenTest {
  private static final int HEAD_LINES = 5;
  private static final ScreenSize WIDE = new ScreenSize(200, 24);

  private static TopView view(int servers) {
    return TopRates.between(sample(servers, 0), sample(servers, 1));
  }

  /** Of two servers or more; the second one answers most. */
  private static CounterSample sample(int servers, int second) {
    return TopRatesTest.sample(
        second,
        IntStream.range(0, servers)
            .mapToObj(i -> TopRatesTest.server(
                "server" + i + ":11211", 100 + second, second * (i == 1 ? 1_000L : i)))
            .toArray(ServerView[]::new));
  }

  private static List<String> texts(TopView view, TopState state, ScreenSize size) {
    return TopScreen.lines(view, state, "cache (development)", size).stream()
        .map(ScreenLine::text)
        .toList();
  }

  @Test
  void everyServerHasARow() {
    List<String> lines = texts(view(3), TopState.first(Sort.SERVER), WIDE);
    assertEquals(24, lines.size());
    assertEquals("cache top  cache (development)", lines.get(0));
    assertEquals("2026-11-27T03:00:01Z  interval 1.0 s", lines.get(1));
    assertTrue(lines.get(2).startsWith("gets 4,008/s  hits 75 %  sets 2,004/s  "), lines.get(2));
    assertTrue(lines.get(4).startsWith("server         gets/s  hits/s  "), lines.get(4));
    assertTrue(lines.get(6).startsWith("server1:11211   4,000   3,000  "), lines.get(6));
    assertTrue(lines.get(23).startsWith("q quit"), lines.get(23));
  }

  @Test
  void noLineIsWiderThanTheScreen() {
    TopView view = view(9);
    for (int width = 1; width < 150; width++) {
      for (int height : new int[] {1, 2, 5, 8, 24}) {
        List<String> lines =
            texts(view, TopState.first(Sort.SERVER), new ScreenSize(width, height));
        assertEquals(height, lines.size());
        for (String line : lines) {
          assertTrue(line.length() <= width, width + ": " + line);
        }
      }
    }
  }

  @Test
  void narrowScreensKeepWhatMattersMost() {
    String heads =
        texts(view(2), TopState.first(Sort.SERVER), new ScreenSize(40, 24)).get(4);
    assertTrue(heads.matches("server +gets/s +hits.*"), heads);
    assertFalse(heads.contains("limit"), heads);
    assertFalse(heads.contains("misses"), heads);
  }

  @Test
  void manyServersAreCounted() {
    List<String> lines = texts(view(30), TopState.first(Sort.SERVER), WIDE);
    assertEquals("and 13 more", lines.get(22));
    assertTrue(lines.get(21).startsWith("server16:11211"), lines.get(21));
  }

  @Test
  void aDeadServerStandsOut() {
    CounterSample before = sample(2, 0);
    ServerView down =
        before.failed("no\u001b[2Janswer", Instant.EPOCH).stats().servers().get(0);
    TopView view = TopRates.between(
        before, TopRatesTest.sample(1, down, TopRatesTest.server("server1:11211", 101, 1)));
    List<ScreenLine> lines = TopScreen.lines(view, TopState.first(Sort.SERVER), "", WIDE);
    assertEquals(
        new ScreenLine(Style.ALARM, "server0:11211  down: no\\x1b[2Janswer"),
        lines.get(HEAD_LINES));
    assertEquals(Style.PLAIN, lines.get(HEAD_LINES + 1).style());
    assertTrue(lines.get(HEAD_LINES + 1).text().startsWith("server1:11211     4.0  "));
  }

  @Test
  void keysSortPauseAndExplain() {
    TopState state = TopState.first(Sort.SERVER).press('g');
    List<String> lines = texts(view(3), state, WIDE);
    assertTrue(lines.get(5).startsWith("server1"), lines.get(5));
    assertTrue(lines.get(6).startsWith("server2"), lines.get(6));
    assertTrue(lines.get(1).endsWith("sorted by gets"), lines.get(1));
    assertTrue(state.press('p').isPaused());
    assertTrue(texts(view(3), state.press('p'), WIDE).get(1).endsWith("  paused"));
    assertFalse(state.press('p').press('p').isPaused());
    assertTrue(texts(view(3), state.press('?'), WIDE).get(4).startsWith("q  "));
    assertEquals(TopState.first(Sort.SERVER), state.press('s'));
    assertSame(state, state.press('Q'));
    assertTrue(state.press('q').isOver());
  }
}
