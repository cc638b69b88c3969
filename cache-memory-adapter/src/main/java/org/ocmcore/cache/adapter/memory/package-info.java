/**
 * The store in the process, on Caffeine: the embedded default, and what tests swap in for
 * memcached. Start at {@link org.ocmcore.cache.adapter.memory.MemoryCache}.
 */
package org.ocmcore.cache.adapter.memory;
