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

/** Counts the results of a change. Safe for any number of threads; one thread for each server. */
final class BulkAccountBuilder {
  /** The most refused keys that are listed. */
  private static final int REFUSALS = 100;

  private final Map<String, Counts> servers = new LinkedHashMap<>();
  private final List<KeyProblem> refused = new ArrayList<>();

  /** The counts of one server. Written by its worker only. */
  static final class Counts {
    private final long matched;
    private volatile long done;
    private volatile long absent;
    private volatile long refused;

    private Counts(long matched) {
      this.matched = matched;
    }
  }

  /** @param matched the number of matched keys of each server, in the order of the account */
  BulkAccountBuilder(Map<String, Long> matched) {
    matched.forEach((server, count) -> servers.put(server, new Counts(count)));
  }

  long matched() {
    return servers.values().stream().mapToLong(counts -> counts.matched).sum();
  }

  /** The number of servers that hold any of the keys, at least one. */
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

  /**
   * The account of each server that holds any of the keys.
   *
   * @param failures at most one for each server
   */
  List<ServerBulkAccount> serverAccounts(List<StoreUnavailable> failures) {
    Map<String, String> reasons = failures.stream()
        .collect(Collectors.toMap(
            StoreUnavailable::server, StoreUnavailable::reason, (one, other) -> one));
    List<ServerBulkAccount> serverAccounts = new ArrayList<>();
    servers.forEach((server, counts) -> {
      if (counts.matched > 0) {
        serverAccounts.add(new ServerBulkAccount(
            server,
            counts.matched,
            counts.done,
            counts.absent,
            counts.refused,
            Optional.ofNullable(reasons.get(server))));
      }
    });
    return serverAccounts;
  }

  /** The first refused keys. */
  synchronized List<KeyProblem> refused() {
    return List.copyOf(refused);
  }
}
