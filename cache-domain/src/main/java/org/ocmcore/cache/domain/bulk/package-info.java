/**
 * Work on many keys of all servers: {@link org.ocmcore.cache.domain.bulk.BulkWorker} changes them,
 * {@link org.ocmcore.cache.domain.bulk.ServerBatcher} carry them there side by side, and
 * {@link org.ocmcore.cache.domain.bulk.Throttle} holds that back.
 */
package org.ocmcore.cache.domain.bulk;
