/**
 * The values of the domain: an entry, its value, its lifetime and what is known about a key. Start
 * at {@link org.ocmcore.cache.domain.entry.CacheEntry}.
 */
package org.ocmcore.cache.domain.entry;
