package org.ocmcore.cache.domain.port;

/**
 * The three ports of one store.
 *
 * @param cache values under keys
 * @param keyspace the keys on the servers
 * @param bulk pipelined work on many keys
 */
public record Store(CachePort cache, KeyspacePort keyspace, BulkPort bulk) {}
