/**
 * Changes on the servers as they happen, for those who follow them. Start at
 * {@link org.ocmcore.cache.domain.changes.ChangeStream}.
 */
package org.ocmcore.cache.domain.changes;
