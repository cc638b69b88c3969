package org.ocmcore.cache.domain.bulk;

import java.time.Instant;
import org.ocmcore.cache.domain.query.CopiesSummary;

/**
 * The preview of a change of many keys.
 *
 * @param plan names the saved change; see {@link BulkJobs#planned}
 * @param planEndsAt when the plan is forgotten
 */
public record BulkPreview(CopiesSummary summary, String plan, Instant planEndsAt) {}
