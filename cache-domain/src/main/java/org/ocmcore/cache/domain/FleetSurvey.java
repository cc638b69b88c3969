package org.ocmcore.cache.domain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.ocmcore.cache.domain.CacheStatus.ServerStatus;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.ServerStats;
import org.ocmcore.cache.domain.tracking.KeyTracker;
import org.ocmcore.cache.domain.tracking.ServerTracking;

/**
 * The state of all servers and what is known of their keys.
 *
 * @param index the keys as of the same moment
 */
record FleetSurvey(CacheStatus status, KeyIndex index) {
  /**
   * Asks all servers at once, if the executor has enough threads.
   *
   * @throws StoreUnavailable if no server answers
   */
  static FleetSurvey make(KeyspacePort keyspace, KeyTracker tracker, Executor executor) {
    List<CompletableFuture<ServerStatus>> answers = keyspace.servers().stream()
        .map(server -> CompletableFuture.supplyAsync(() -> ask(keyspace, server), executor))
        .toList();
    KeyTracker.Survey survey = tracker.survey();
    List<ServerStatus> servers = answers.stream().map(FleetSurvey::await).toList();
    List<StoreUnavailable> failures = survey.failures();
    if (servers.stream().allMatch(server -> server.stats().isEmpty())) {
      throw failures.isEmpty() ? servers.get(0).failure().orElseThrow() : failures.get(0);
    }
    Map<String, String> missing = new LinkedHashMap<>();
    failures.forEach(failure -> missing.put(failure.server(), failure.getMessage()));
    servers.forEach(server -> server
        .failure()
        .ifPresent(failure -> missing.putIfAbsent(server.address(), failure.getMessage())));
    long known = survey.servers().stream()
        .filter(server -> !missing.containsKey(server.server()))
        .mapToLong(ServerTracking::keys)
        .sum();
    long uncounted = servers.stream()
        .filter(server -> missing.containsKey(server.address()))
        .flatMap(server -> server.stats().stream())
        .mapToLong(ServerStats::currentItems)
        .sum();
    List<String> reasons = new ArrayList<>(survey.index().gaps());
    reasons.addAll(missing.values());
    CacheStatus status = new CacheStatus(
        known + uncounted,
        survey.index().asOf(),
        reasons,
        commonMode(survey.servers()),
        survey.servers(),
        servers);
    return new FleetSurvey(status, survey.index());
  }

  private static Optional<ServerTracking.Mode> commonMode(List<ServerTracking> servers) {
    Set<ServerTracking.Mode> modes =
        servers.stream().map(ServerTracking::mode).collect(Collectors.toSet());
    return modes.size() == 1 ? modes.stream().findFirst() : Optional.empty();
  }

  private static ServerStatus ask(KeyspacePort keyspace, String server) {
    try {
      return new ServerStatus(server, Optional.of(keyspace.stats(server)), Optional.empty());
    } catch (StoreUnavailable e) {
      return new ServerStatus(server, Optional.empty(), Optional.of(e));
    }
  }

  private static ServerStatus await(CompletableFuture<ServerStatus> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
