package org.ocmcore.cache.domain.port;

/**
 * A store, by all that it does.
 *
 * @param cache values under keys
 * @param keyspace what the servers hold
 * @param bulk work on any number of keys
 */
public record Store(CachePort cache, KeyspacePort keyspace, BulkPort bulk) {}
