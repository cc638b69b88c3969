/**
 * What the domain needs from adapters. The javadoc of a port is its contract; the contract suites
 * in the test-jar of this module check it on every adapter. Start at
 * {@link org.ocmcore.cache.domain.port.CachePort}.
 */
package org.ocmcore.cache.domain.port;
