package org.ocmcore.cache.domain.tracking;

import java.util.Arrays;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.tracking.News.Kind;

/**
 * Brings news into blocks, by the rules that decide what is right when a walk, events and our own
 * writes tell of the same key. For one thread.
 *
 * <ul>
 *   <li>What an event told since a walk began is newer than what that walk met.
 *   <li>What a walk met before all keys were flushed does not count.
 *   <li>An event older than what is known changes nothing: feeds come late.
 *   <li>What was removed leaves a mark ({@link Facts#DEAD}) as long as older news may come.
 * </ul>
 */
final class Merge {
  private static final long MICROS = 1_000_000;

  private final News news;
  private final Walks walks;
  private final BlockBuilder blocks;

  /** What is known of the copy at hand. */
  private final int[] facts = new int[Facts.COUNT];

  private boolean known;

  Merge(News news, Walks walks, BlockBuilder blocks) {
    this.news = news;
    this.walks = walks;
    this.blocks = blocks;
  }

  /** Adds what is news from one rank to another, to an index that has no keys there. */
  void add(int from, int to) {
    int rank = from;
    while (rank < to) {
      known = false;
      rank = apply(rank, to);
    }
  }

  /** Adds a block with the news from one rank to another, which are all of keys of its place. */
  void add(Block block, int from, int to) {
    if (from == to) {
      blocks.add(block);
      return;
    }
    if (blocks.isAtEdge() && changeFacts(block, from, to)) {
      return;
    }
    int at = 0;
    int rank = from;
    while (rank < to) {
      int place = place(block, at, rank);
      blocks.add(block, at, place);
      known = isThere(block, place, rank);
      if (known) {
        load(block, place);
      }
      at = known ? place + 1 : place;
      rank = apply(rank, to);
    }
    blocks.add(block, at, block.size());
  }

  /**
   * The common case: all keys are known already and stay, so that the new block can share them.
   *
   * @return false, and nothing is done, if it is not so
   */
  private boolean changeFacts(Block block, int from, int to) {
    int[] changed = block.facts().clone();
    int at = 0;
    int rank = from;
    while (rank < to) {
      at = place(block, at, rank);
      if (!isThere(block, at, rank)) {
        return false;
      }
      load(block, at);
      boolean wasDead = Facts.is(facts[Facts.TAG], Facts.DEAD);
      int next = settle(rank, to);
      if (!known || wasDead != Facts.is(facts[Facts.TAG], Facts.DEAD)) {
        return false;
      }
      System.arraycopy(facts, 0, changed, at * Facts.COUNT, Facts.COUNT);
      rank = next;
    }
    blocks.add(block.with(changed));
    return true;
  }

  private int place(Block block, int low, int rank) {
    byte[] key = news.keys();
    int start = news.start(rank);
    int end = news.end(rank);
    int place = block.ceiling(low, key, start, end);
    while (block.holds(place, key, start, end)
        && Facts.server(block.tag(place)) < news.server(rank)) {
      place++;
    }
    return place;
  }

  private boolean isThere(Block block, int place, int rank) {
    return block.holds(place, news.keys(), news.start(rank), news.end(rank))
        && Facts.server(block.tag(place)) == news.server(rank);
  }

  private void load(Block block, int place) {
    System.arraycopy(block.facts(), place * Facts.COUNT, facts, 0, Facts.COUNT);
    known = true;
  }

  private int apply(int rank, int to) {
    int next = settle(rank, to);
    if (known) {
      blocks.add(news.keys(), news.start(rank), news.end(rank), facts);
    }
    return next;
  }

  /** Decides about one copy by all that is news of it; returns the rank of the next copy. */
  private int settle(int rank, int to) {
    int next = rank;
    do {
      consider(next++);
    } while (next < to && news.isSameCopy(rank, next));
    return next;
  }

  private void consider(int rank) {
    Kind kind = news.kind(rank);
    if (kind == Kind.MET) {
      meet(rank);
    } else if (!isOld(rank)) {
      switch (kind) {
        case STORED -> take(rank, Facts.EVENT);
        case TOLD -> takeTold(rank);
        case TOUCHED -> touch(rank);
        default -> remove(rank);
      }
    }
  }

  private void meet(int rank) {
    int walk = walks.number(news.server(rank));
    boolean toldSince =
        known && Facts.is(facts[Facts.TAG], Facts.EVENT) && Facts.walk(facts[Facts.TAG]) == walk;
    if (!toldSince && news.moment(rank) == walk) {
      take(rank, 0);
    }
  }

  /** Whether something newer is known already. */
  private boolean isOld(int rank) {
    int server = news.server(rank);
    if (news.moment(rank) < walks.flushed(server)) {
      return true;
    }
    if (!known) {
      return false;
    }
    if (Facts.is(facts[Facts.TAG], Facts.DEAD)) {
      return news.moment(rank) < Facts.removed(facts[Facts.EXPIRY], facts[Facts.ACCESS]);
    }
    return Facts.is(facts[Facts.TAG], Facts.EVENT)
        && facts[Facts.ACCESS] != Facts.UNKNOWN
        && news.moment(rank) / MICROS < Facts.access(facts[Facts.ACCESS]);
  }

  private void take(int rank, int mark) {
    int stray = known ? facts[Facts.TAG] & Facts.STRAY : 0;
    for (int i = 0; i < Facts.TAG; i++) {
      facts[i] = news.fact(rank, i);
    }
    int fetched = news.fact(rank, Facts.TAG) & Facts.FETCHED;
    tag(rank, stray | fetched | mark);
    known = true;
  }

  /** If it seems to lack flags that it had before, it has them still: clients keep to theirs. */
  private void takeTold(int rank) {
    int before = known && !Facts.is(facts[Facts.TAG], Facts.DEAD) ? facts[Facts.SIZE] : 0;
    take(rank, Facts.EVENT);
    if (before - facts[Facts.SIZE] == ItemSize.FLAGS) {
      facts[Facts.SIZE] = before;
    }
  }

  private void touch(int rank) {
    if (known && !Facts.is(facts[Facts.TAG], Facts.DEAD)) {
      facts[Facts.EXPIRY] = news.fact(rank, Facts.EXPIRY);
      facts[Facts.ACCESS] = news.fact(rank, Facts.ACCESS);
      int fetched = news.fact(rank, Facts.TAG) & Facts.FETCHED;
      tag(rank, Facts.marks(facts[Facts.TAG]) | fetched | Facts.EVENT);
    }
  }

  private void remove(int rank) {
    if (!walks.needsTraces(news.server(rank))) {
      known = false;
      return;
    }
    Arrays.fill(facts, 0);
    facts[Facts.EXPIRY] = (int) (news.moment(rank) >>> Integer.SIZE);
    facts[Facts.ACCESS] = (int) news.moment(rank);
    tag(rank, Facts.DEAD | Facts.EVENT);
    known = true;
  }

  private void tag(int rank, int marks) {
    int server = news.server(rank);
    facts[Facts.TAG] = Facts.tag(server, walks.number(server), marks);
  }
}
