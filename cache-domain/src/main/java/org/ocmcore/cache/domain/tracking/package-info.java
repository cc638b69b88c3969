/**
 * Which keys the servers hold: {@link org.ocmcore.cache.domain.tracking.KeyTracker} finds out,
 * {@link org.ocmcore.cache.domain.tracking.KeyIndex} is what it found.
 */
package org.ocmcore.cache.domain.tracking;
