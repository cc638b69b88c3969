package org.ocmcore.cache.domain.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.ocmcore.cache.domain.changes.ChangeSource;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.index.ChangeBatch;
import org.ocmcore.cache.domain.index.LiveIndex;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ChangeListener;

/**
 * Merges the changes that the feed of a server reports into the index, as soon as everything that
 * has arrived was reported, and publishes each at once. Receives one feed after the other; its
 * getters are safe for any thread.
 */
final class FeedIntake implements ChangeListener {
  /** The most changes in a batch. */
  private static final int BATCH = 8 * 1024;

  private final String name;
  private final LiveIndex live;
  private final ChangeSource published;
  private final Clock clock;
  private final OwnWork work;
  private final PostponedWalk postponed;
  private final Consumer<String> walkAtOnce;
  private final Consumer<String> onWithheld;
  private final Runnable onBegan;
  private final ChangeBatch news;
  private Instant lastChange;
  private volatile Set<Kind> kinds;
  private volatile Optional<String> withheld = Optional.empty();
  private volatile Duration lag = Duration.ZERO;
  private volatile long skipped;
  private final AtomicLong stores = new AtomicLong();
  private final AtomicLong evictions = new AtomicLong();
  private final AtomicInteger feeds = new AtomicInteger();
  private final AtomicInteger gaps = new AtomicInteger();

  /**
   * @param published receives what the feed reports, our own work included
   * @param work whose changes the index knows already
   * @param postponed takes the walks that may wait for the end of this work
   * @param walkAtOnce starts a walk for this reason
   * @param onWithheld receives why some kinds of changes are not followed
   * @param onBegan is notified when a feed is live
   */
  FeedIntake(
      String name,
      LiveIndex live,
      ChangeSource published,
      Clock clock,
      OwnWork work,
      PostponedWalk postponed,
      Consumer<String> walkAtOnce,
      Consumer<String> onWithheld,
      Runnable onBegan) {
    this.name = name;
    this.live = live;
    this.published = published;
    this.clock = clock;
    this.work = work;
    this.walkAtOnce = walkAtOnce;
    this.postponed = postponed;
    this.onWithheld = onWithheld;
    this.onBegan = onBegan;
    this.news = live.newBatch();
  }

  @Override
  public void withheld(String reason) {
    published.withheld(reason);
    withheld = Optional.of(reason);
    onWithheld.accept(reason);
  }

  @Override
  public void began(Set<Kind> newKinds) {
    published.began(newKinds);
    news.clear();
    work.report(newKinds);
    lag = Duration.ZERO;
    gaps.incrementAndGet();
    feeds.incrementAndGet();
    kinds = Set.copyOf(newKinds);
    // Only stores that are reported late could revive a removed key.
    live.follow(name, reportsStores());
    if (reportsStores()) {
      withheld = Optional.empty();
      walkAtOnce.accept("its changes are followed from now on");
    }
    onBegan.run();
  }

  @Override
  public void stored(KeyInfo key, Instant at) {
    published.stored(key, at);
    if (!work.stores().isOwn(key.key(), at)) {
      news.add(ChangeBatch.Kind.FEED, key, at);
      added(at);
    }
  }

  @Override
  public void removed(CacheKey key, Instant at) {
    published.removed(key, at);
    remove(key, at);
  }

  @Override
  public void evicted(CacheKey key, Instant at) {
    published.evicted(key, at);
    remove(key, at);
  }

  private void remove(CacheKey key, Instant at) {
    if (!work.deletions().isOwn(key, at)) {
      news.addRemoved(key, name, at);
      added(at);
    }
  }

  private void added(Instant at) {
    lastChange = at;
    if (news.size() == BATCH) {
      merge();
    }
  }

  @Override
  public void counted(Kind kind) {
    if (kind == Kind.MUTATIONS) {
      stores.incrementAndGet();
    } else if (kind == Kind.EVICTIONS) {
      evictions.incrementAndGet();
    }
  }

  @Override
  public void skipped(long count) {
    published.skipped(count);
    // The feed does not report their kinds.
    stores.addAndGet(count);
    evictions.addAndGet(count);
    gaps.incrementAndGet();
    skipped += count;
    String reason = "its feed has left out " + count + " changes";
    if (!postponed.postpone(reason)) {
      walkAtOnce.accept(reason);
    }
  }

  @Override
  public void caughtUp() {
    if (news.size() > 0) {
      merge();
    }
  }

  private void merge() {
    if (live.isFull()) {
      gaps.incrementAndGet();
      skipped += news.size();
      news.clear();
      return;
    }
    live.merge(news);
    news.clear();
    Duration late = Duration.between(lastChange, clock.instant());
    lag = late.isNegative() ? Duration.ZERO : late;
  }

  /**
   * The feed has ended.
   *
   * @param reason why, in words
   */
  void end(String reason) {
    published.ended(reason);
    kinds = null;
    work.report(Set.of());
    live.follow(name, false);
  }

  /** The server has left the cache. */
  void leave() {
    published.close();
  }

  /** Whether the live feed reports stores by other clients. */
  boolean reportsStores() {
    return kinds().contains(Kind.MUTATIONS);
  }

  /** The kinds of changes that the live feed reports; empty if there is none. */
  Set<Kind> kinds() {
    Set<Kind> begun = kinds;
    return begun == null ? Set.of() : begun;
  }

  /** Why some kinds of changes are left out on purpose; empty if none are. */
  Optional<String> withheld() {
    return withheld;
  }

  /** What feeds have reported so far of what servers count. */
  FeedWatchdog.Reports reports() {
    // In this order: reports of a later feed must not seem to belong to this one alone.
    int feed = feeds.get();
    return new FeedWatchdog.Reports(feed, kinds(), stores.get(), evictions.get());
  }

  /** Rises when changes may have been missed. Only a walk that begins later finds them. */
  int gaps() {
    return gaps.get();
  }

  /** Changes may have been missed. */
  void addGap() {
    gaps.incrementAndGet();
  }

  Optional<ServerTracking.Feed> feed() {
    Set<Kind> begun = kinds;
    return begun == null ? Optional.empty() : Optional.of(new ServerTracking.Feed(begun, lag));
  }

  /** The number of changes that feeds left out. */
  long skipped() {
    return skipped;
  }
}
