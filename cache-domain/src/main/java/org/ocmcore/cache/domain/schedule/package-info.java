/**
 * Automatic dumps: when they are due, and which of several services makes them. Start at
 * {@link org.ocmcore.cache.domain.schedule.AutoDump}.
 */
package org.ocmcore.cache.domain.schedule;
