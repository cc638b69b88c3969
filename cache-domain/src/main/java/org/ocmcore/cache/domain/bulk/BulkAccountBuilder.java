package org.ocmcore.cache.domain.bulk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.KeyOutcome;
import org.ocmcore.cache.domain.port.KeyProblem;

/** Counts what becomes of keys. For any number of threads, but one for each server. */
final class BulkAccountBuilder {
  /** How many refusals are told by key. */
  private static final int REFUSALS = 100;

  private final Map<String, Counts> servers = new LinkedHashMap<>();
  private final List<KeyProblem> refused = new ArrayList<>();

  /** The counts of a server, by who works on it. */
  static final class Counts {
    private final long matched;
    private volatile long done;
    private volatile long absent;
    private volatile long refused;

    private Counts(long matched) {
      this.matched = matched;
    }
  }

  /** @param matched how many keys each server has that matched; told in this order */
  BulkAccountBuilder(Map<String, Long> matched) {
    matched.forEach((server, count) -> servers.put(server, new Counts(count)));
  }

  long matched() {
    return servers.values().stream().mapToLong(counts -> counts.matched).sum();
  }

  /** How many servers have any of the keys, at least one. */
  int servers() {
    long having = servers.values().stream().filter(counts -> counts.matched > 0).count();
    return (int) Math.max(1, having);
  }

  /** The counts of a server. */
  Counts of(String server) {
    return servers.get(server);
  }

  void count(Counts counts, CacheKey key, KeyOutcome outcome, String reason) {
    switch (outcome) {
      case DONE -> counts.done++;
      case ABSENT -> counts.absent++;
      case REFUSED -> {
        counts.refused++;
        refuse(key, reason);
      }
    }
  }

  private synchronized void refuse(CacheKey key, String reason) {
    if (refused.size() < REFUSALS) {
      refused.add(new KeyProblem(key, reason));
    }
  }

  long done() {
    return servers.values().stream().mapToLong(counts -> counts.done).sum();
  }

  /** What became of the keys of each server that has any; {@code failures}: at most one each. */
  List<ServerBulkAccount> shares(List<StoreUnavailable> failures) {
    Map<String, String> reasons = failures.stream()
        .collect(Collectors.toMap(
            StoreUnavailable::server, StoreUnavailable::reason, (one, other) -> one));
    List<ServerBulkAccount> shares = new ArrayList<>();
    servers.forEach((server, counts) -> {
      if (counts.matched > 0) {
        shares.add(new ServerBulkAccount(
            server,
            counts.matched,
            counts.done,
            counts.absent,
            counts.refused,
            Optional.ofNullable(reasons.get(server))));
      }
    });
    return shares;
  }

  /** The first keys that were refused. */
  synchronized List<KeyProblem> refused() {
    return List.copyOf(refused);
  }
}
