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
  }

  /** What an operator should know of it, a sentence each without its full stop. */
  public List<String> risks() {
    List<String> risks = new ArrayList<>();
    failure.ifPresent(down -> risks.add(down.reason()));
    answers.ifPresent(answered -> {
      answered.withheld().ifPresent(risks::add);
      if (answered.stats().evictions() > 0) {
        risks.add(String.format(
            Locale.ROOT,
            "it has evicted %,d items since its start: it is full",
            answered.stats().evictions()));
      } else if (percentOfMemory(answered.stats()) >= FULL_PERCENT) {
        risks.add("%d %% of its memory is taken: it will evict items soon"
            .formatted(percentOfMemory(answered.stats())));
      }
      if (answered.stats().isFlushPending()) {
        risks.add("a flush was sent that takes effect later");
      }
    });
    return risks;
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
