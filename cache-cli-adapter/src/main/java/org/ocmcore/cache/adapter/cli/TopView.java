package org.ocmcore.cache.adapter.cli;

import java.util.List;

/**
 * What all servers did in an interval.
 *
 * @param servers in the order of configuration
 */
record TopView(double intervalSeconds, TopRow fleet, List<TopRow> servers) {
  TopView {
    servers = List.copyOf(servers);
  }

  /** Whether every server answers. */
  boolean isUp() {
    return servers.stream().allMatch(TopRow::up);
  }
}
