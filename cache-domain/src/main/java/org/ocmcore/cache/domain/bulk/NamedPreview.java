package org.ocmcore.cache.domain.bulk;

import org.ocmcore.cache.domain.query.CopiesSummary;

/**
 * The preview of a change of named keys, by what is known now.
 *
 * @param unknown how many of the keys no server is known to hold
 */
public record NamedPreview(CopiesSummary summary, long unknown) {}
