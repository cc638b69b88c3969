/**
 * What monitoring systems ask of a running service. Begin at
 * {@link org.ocmcore.cache.domain.monitoring.FleetCounters}.
 */
package org.ocmcore.cache.domain.monitoring;
