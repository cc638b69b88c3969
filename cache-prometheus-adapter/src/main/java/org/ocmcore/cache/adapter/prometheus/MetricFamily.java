package org.ocmcore.cache.adapter.prometheus;

/**
 * A family of metrics, which have the same labels.
 *
 * @param name as it is sent
 */
record MetricFamily(String name, Type type, String help) {
  /** The types of families that are collected anew at each scrape. */
  enum Type {
    COUNTER,
    GAUGE
  }

  static MetricFamily gauge(String name, String help) {
    return new MetricFamily(name, Type.GAUGE, help);
  }

  static MetricFamily counter(String name, String help) {
    return new MetricFamily(name, Type.COUNTER, help);
  }

  /** Whether the library can send it as a counter: it adds this ending to all names. */
  boolean hasCounterName() {
    return name.endsWith("_total");
  }
}
