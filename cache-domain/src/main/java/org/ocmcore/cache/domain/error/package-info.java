/**
 * The failures that a caller can act on, one sealed tree under
 * {@link org.ocmcore.cache.domain.error.CacheException}. A wrong argument is no part of it: that is
 * an {@link IllegalArgumentException}, and a miss is an empty answer.
 */
package org.ocmcore.cache.domain.error;
