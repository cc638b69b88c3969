/**
 * Whom the product is measured with and against: processes of
 * {@link org.ocmcore.cache.benchmarks.peer.MemcachedProcess memcached},
 * {@link org.ocmcore.cache.benchmarks.peer.RedisProcess redis} and
 * {@link org.ocmcore.cache.benchmarks.peer.ServiceProcess the service}, and bare clients of each.
 */
package org.ocmcore.cache.benchmarks.peer;
