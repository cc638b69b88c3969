/**
 * Long work that is watched and can be cancelled: {@link org.ocmcore.cache.domain.job.Jobs} runs
 * it, and it tells a {@link org.ocmcore.cache.domain.job.Progress} how far it is.
 */
package org.ocmcore.cache.domain.job;
