/**
 * Keys: what is one ({@link org.ocmcore.cache.domain.key.CacheKey}), what is known about one
 * ({@link org.ocmcore.cache.domain.entry.KeyInfo}), and how they are found
 * ({@link org.ocmcore.cache.domain.key.KeyPattern}).
 */
package org.ocmcore.cache.domain.key;
