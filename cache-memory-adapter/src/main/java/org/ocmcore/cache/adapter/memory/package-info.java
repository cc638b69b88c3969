/**
 * The in-process store, on Caffeine: the default of the service, and a stand-in for memcached in
 * tests. Start at {@link org.ocmcore.cache.adapter.memory.MemoryCache}.
 */
package org.ocmcore.cache.adapter.memory;
