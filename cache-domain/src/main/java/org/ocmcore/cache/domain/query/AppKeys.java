package org.ocmcore.cache.domain.query;

import org.ocmcore.cache.domain.key.AppName;

/**
 * The keys of an app.
 *
 * @param app the app
 * @param keys the first of them, ascending by bytes
 * @param total how many there are
 */
public record AppKeys(AppName app, FoundKeys keys, long total) {}
