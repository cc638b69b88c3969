/**
 * What the domain needs from outside. The javadoc of a port is its contract, and the contract
 * suites in this module's test-jar check it on every adapter. Start at
 * {@link org.ocmcore.cache.domain.port.CachePort}.
 */
package org.ocmcore.cache.domain.port;
