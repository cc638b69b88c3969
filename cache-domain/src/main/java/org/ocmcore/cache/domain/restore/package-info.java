/** Restoring dumps. Start at {@link org.ocmcore.cache.domain.restore.Restorer}. */
package org.ocmcore.cache.domain.restore;
