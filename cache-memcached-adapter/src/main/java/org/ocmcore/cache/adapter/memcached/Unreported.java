package org.ocmcore.cache.adapter.memcached;

/**
 * An item of a {@link QuietPipeline} that was not reported to its handler.
 *
 * @param response to its request; null if there is none to know
 * @param isUnclear whether its request was sent, and nobody knows whether it has succeeded
 */
record Unreported<T>(T item, MetaResponse response, boolean isUnclear) {}
