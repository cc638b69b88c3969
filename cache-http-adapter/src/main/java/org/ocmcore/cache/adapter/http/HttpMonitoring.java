package org.ocmcore.cache.adapter.http;

import org.ocmcore.cache.domain.CacheMonitor;

/**
 * What the API offers monitoring systems.
 *
 * @param monitor for the service itself
 * @param metrics all of them
 * @param isPublic whether everybody may see the metrics, without a token
 * @param events receives the ends of all requests
 */
public record HttpMonitoring(
    CacheMonitor monitor, MetricsSource metrics, boolean isPublic, RequestEvents events) {}
