package org.ocmcore.cache.adapter.http;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;
import org.ocmcore.cache.domain.monitoring.ServerEvent;
import org.ocmcore.cache.domain.monitoring.StatsHistory;
import org.ocmcore.cache.domain.monitoring.StatsSample;

/**
 * The statistics of all servers in the past, of which no more is held than one server at a time.
 *
 * @param stepSeconds the time between two samples, which may be more than was asked for
 */
record HistoryAnswer(String since, long stepSeconds, Iterable<Server> servers) {
  /** The past of a server, oldest first. */
  record Server(String address, Iterable<Sample> samples, List<Event> events) {
    private static Server of(StatsHistory.Server server) {
      return new Server(
          server.address(),
          () -> server.samples().stream().map(Sample::of).iterator(),
          server.events().stream().map(Event::of).toList());
    }
  }

  /** @param connections null if there are none by nature */
  record Sample(
      String at,
      long items,
      long bytes,
      long hits,
      long misses,
      long evictions,
      OptionalLong connections) {
    private static Sample of(StatsSample sample) {
      return new Sample(
          Times.text(sample.at()),
          sample.items(),
          sample.bytes(),
          sample.hits(),
          sample.misses(),
          sample.evictions(),
          sample.connections());
    }
  }

  /**
   * @param kind restart, flush, lost or back
   * @param itemsBefore null unless it is a restart or a flush
   */
  record Event(String at, String kind, OptionalLong itemsBefore) {
    private static Event of(ServerEvent event) {
      return new Event(Times.text(event.at()), event.kind().toString(), event.itemsBefore());
    }
  }

  static HistoryAnswer of(StatsHistory.Past past) {
    Instant since = past.since();
    return new HistoryAnswer(
        Times.text(since),
        past.step().toSeconds(),
        () -> StreamSupport.stream(past.servers().spliterator(), false)
            .map(Server::of)
            .iterator());
  }
}
