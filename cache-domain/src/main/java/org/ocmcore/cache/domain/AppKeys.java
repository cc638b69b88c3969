package org.ocmcore.cache.domain;

import java.util.List;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * The keys of an app.
 *
 * @param app the app
 * @param keys the first of them, ascending by bytes
 * @param total how many there are
 */
public record AppKeys(AppName app, List<CacheKey> keys, long total) {}
