/**
 * Metrics for Prometheus, on its own client library. Begin at
 * {@link org.ocmcore.cache.adapter.prometheus.PrometheusMetrics}.
 */
package org.ocmcore.cache.adapter.prometheus;
