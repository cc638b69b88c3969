/**
 * Keeps the index in step with the servers by walks, feeds and health checks. Start at
 * {@link org.ocmcore.cache.domain.tracking.KeyTracker}.
 */
package org.ocmcore.cache.domain.tracking;
