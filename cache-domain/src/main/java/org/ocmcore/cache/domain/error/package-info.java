/**
 * The failures that a caller can act on: one sealed tree under
 * {@link org.ocmcore.cache.domain.error.CacheException}. A wrong argument is an
 * {@link IllegalArgumentException} instead, and a miss is an empty result.
 */
package org.ocmcore.cache.domain.error;
