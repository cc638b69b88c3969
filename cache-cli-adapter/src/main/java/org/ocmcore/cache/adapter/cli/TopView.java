package org.ocmcore.cache.adapter.cli;

import java.util.List;

/**
 * What all servers did in an interval.
 *
 * @param servers in the order of configuration, unless another was asked for
 */
record TopView(double intervalSeconds, TopRow fleet, List<TopRow> servers) {
  TopView {
    servers = List.copyOf(servers);
  }

  /** The same in another order. */
  TopView by(TopState.Sort sort) {
    return new TopView(intervalSeconds, fleet, sort.sorted(servers));
  }

  /** Whether every server answers. */
  boolean isUp() {
    return servers.stream().allMatch(TopRow::up);
  }
}
