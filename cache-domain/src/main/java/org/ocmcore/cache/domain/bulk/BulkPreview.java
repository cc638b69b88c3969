package org.ocmcore.cache.domain.bulk;

import org.ocmcore.cache.domain.query.CopiesSummary;

/**
 * What work on many keys would be about.
 *
 * @param plan names the work for an hour, so that just this can be done: {@link BulkJobs#planned}
 */
public record BulkPreview(CopiesSummary summary, String plan) {}
