/** Meters of a cache for Micrometer. Start at {@link org.ocmcore.cache.micrometer.CacheMeters}. */
package org.ocmcore.cache.micrometer;
