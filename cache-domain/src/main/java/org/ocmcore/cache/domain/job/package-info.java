/**
 * Long tasks that report their progress and can be cancelled. Start at
 * {@link org.ocmcore.cache.domain.job.Jobs}.
 */
package org.ocmcore.cache.domain.job;
