package org.ocmcore.cache.domain.tracking;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.ChangeListener.Kind;
import org.ocmcore.cache.domain.port.ServerStats;

/**
 * What one server is and offers.
 *
 * @param address as in {@code KeyspacePort.servers()}
 * @param answers empty if it does not answer
 * @param failure why it does not answer, or why its keys cannot be listed; empty if all is well
 */
public record ServerCheck(
    String address, Optional<Answers> answers, Optional<StoreUnavailable> failure) {
  /** Memory of which this part is taken counts as full: what is left is between the items. */
  private static final int FULL_PERCENT = 90;

  /**
   * What it answers.
   *
   * @param latency the median time of an empty request
   * @param sample some of its keys
   * @param feed the kinds of changes that can be followed; empty if none can
   * @param withheld why some kinds are not followed though the server offers them; empty if all are
   */
  public record Answers(
      ServerStats stats,
      Duration latency,
      List<PlacedKey> sample,
      Set<Kind> feed,
      Optional<String> withheld) {
    public Answers {
      sample = List.copyOf(sample);
      feed = Set.copyOf(feed);
    }

    /** The same with some of its keys. */
    Answers with(List<PlacedKey> keys) {
      return new Answers(stats, latency, keys, feed, withheld);
    }
  }

  /**
   * What an operator should know.
   *
   * @param text a sentence without its full stop
   */
  public record Risk(Kind kind, String text) {
    /** What it is about. */
    public enum Kind {
      /** It does not answer. */
      DOWN,
      /** Its keys cannot be listed. */
      UNLISTED,
      /** Some kinds of changes are not followed though it offers them. */
      FEED_WITHHELD,
      /** It has evicted items since its start. */
      EVICTED,
      /** It will evict items soon. */
      NEARLY_FULL,
      /** All its items are about to go. */
      FLUSH_PENDING;

      /** In lower case. */
      @Override
      public String toString() {
        return name().toLowerCase(Locale.ROOT);
      }
    }
  }

  /** What an operator should know of it. */
  public List<Risk> risks() {
    List<Risk> risks = new ArrayList<>();
    failure.ifPresent(reason -> risks.add(
        new Risk(answers.isPresent() ? Risk.Kind.UNLISTED : Risk.Kind.DOWN, reason.reason())));
    answers.ifPresent(answered -> {
      answered.withheld().ifPresent(why -> risks.add(new Risk(Risk.Kind.FEED_WITHHELD, why)));
      if (answered.stats().evictions() > 0) {
        risks.add(new Risk(
            Risk.Kind.EVICTED,
            String.format(
                Locale.ROOT,
                "it has evicted %,d items since its start: it is full",
                answered.stats().evictions())));
      } else if (percentOfMemory(answered.stats()) >= FULL_PERCENT) {
        risks.add(new Risk(
            Risk.Kind.NEARLY_FULL,
            "%d %% of its memory is taken: it will evict items soon"
                .formatted(percentOfMemory(answered.stats()))));
      }
      if (answered.stats().isFlushPending()) {
        risks.add(new Risk(Risk.Kind.FLUSH_PENDING, "a flush was sent that takes effect later"));
      }
    });
    return risks;
  }

  /** The texts of {@link #risks}. */
  public List<String> riskTexts() {
    return risks().stream().map(Risk::text).toList();
  }

  /** 0 if it knows no limit. */
  private static long percentOfMemory(ServerStats stats) {
    long limit = stats.limitBytes().orElse(0);
    return limit > 0 ? Math.round(100.0 * stats.bytes() / limit) : 0;
  }

  /** Whether its keys can be listed. */
  public boolean isListed() {
    return failure.isEmpty();
  }
}
