package org.ocmcore.cache.domain.client;

/**
 * What a reader takes before it asks the store.
 *
 * @param epoch changes when the key does
 * @param generation another object after everything was dropped
 * @param nanos when it was taken, by the map's time
 */
record NearStamp(long epoch, Object generation, long nanos) {}
