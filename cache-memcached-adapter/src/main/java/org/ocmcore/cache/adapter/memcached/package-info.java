/**
 * The cache on memcached servers: start at
 * {@link org.ocmcore.cache.adapter.memcached.MemcachedStore}. Calls on single keys share one
 * xmemcached connection for each server; bulk operations, walks, feeds and statistics use text
 * connections of their own.
 */
package org.ocmcore.cache.adapter.memcached;
