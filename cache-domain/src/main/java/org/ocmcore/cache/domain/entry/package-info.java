/** What stands under a key: start at {@link org.ocmcore.cache.domain.entry.CacheEntry}. */
package org.ocmcore.cache.domain.entry;
