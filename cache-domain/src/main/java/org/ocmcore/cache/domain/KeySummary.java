package org.ocmcore.cache.domain;

import java.util.List;
import org.ocmcore.cache.domain.entry.KeyInfo;

/**
 * Keys that match, in short.
 *
 * @param first the first of them, ascending by bytes
 * @param totals what all of them add up to
 */
public record KeySummary(List<KeyInfo> first, KeyTotals totals) {}
