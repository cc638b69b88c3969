/**
 * Changes of many keys on all servers. Start at {@link org.ocmcore.cache.domain.bulk.BulkJobs};
 * {@link org.ocmcore.cache.domain.bulk.BulkWorker} does the work.
 */
package org.ocmcore.cache.domain.bulk;
