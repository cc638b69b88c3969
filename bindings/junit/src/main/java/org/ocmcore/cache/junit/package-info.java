/**
 * A JUnit extension for tests of applications: each test gets an empty cache, in memory or on a
 * memcached of its own. Start with {@link org.ocmcore.cache.junit.CacheExtension}.
 */
package org.ocmcore.cache.junit;
