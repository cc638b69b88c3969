/** What a key is and where it belongs. Start at {@link org.ocmcore.cache.domain.key.CacheKey}. */
package org.ocmcore.cache.domain.key;
