package org.ocmcore.cache.adapter.http;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.monitoring.ServerEvent;
import org.ocmcore.cache.domain.monitoring.StatsHistory;
import org.ocmcore.cache.domain.monitoring.StatsSample;

/**
 * The statistics of all servers in the past.
 *
 * @param stepSeconds the time between two samples, which may be more than was asked for
 */
record HistoryAnswer(String since, long stepSeconds, List<Server> servers) {
  /** The past of a server, oldest first. */
  record Server(String address, List<Sample> samples, List<Event> events) {}

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
        past.servers().stream()
            .map(server -> new Server(
                server.address(),
                server.samples().stream().map(Sample::of).toList(),
                server.events().stream().map(Event::of).toList()))
            .toList());
  }
}
