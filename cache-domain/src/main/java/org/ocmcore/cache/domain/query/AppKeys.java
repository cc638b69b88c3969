package org.ocmcore.cache.domain.query;

import org.ocmcore.cache.domain.key.AppName;

/**
 * The keys of an app.
 *
 * @param keys the first keys, in ascending order of their bytes
 * @param total the number of all keys
 */
public record AppKeys(AppName app, FoundKeys keys, long total) {}
