package org.ocmcore.cache.domain.bulk;

import java.time.Instant;
import org.ocmcore.cache.domain.query.CopiesSummary;

/**
 * What work on many keys would be about.
 *
 * @param plan names the work, so that just this can be done: {@link BulkJobs#planned}
 * @param planEndsAt until then it does
 */
public record BulkPreview(CopiesSummary summary, String plan, Instant planEndsAt) {}
