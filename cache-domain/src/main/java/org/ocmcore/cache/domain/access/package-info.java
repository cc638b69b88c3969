/**
 * The environment and what it permits. Start at
 * {@link org.ocmcore.cache.domain.access.Environment}.
 */
package org.ocmcore.cache.domain.access;
