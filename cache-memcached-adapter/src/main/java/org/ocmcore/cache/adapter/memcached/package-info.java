/**
 * The cache on memcached servers: start at
 * {@link org.ocmcore.cache.adapter.memcached.MemcachedStore}. Work on single keys shares one
 * xmemcached connection a server; bulk work, walks and statistics have connections of their own.
 */
package org.ocmcore.cache.adapter.memcached;
