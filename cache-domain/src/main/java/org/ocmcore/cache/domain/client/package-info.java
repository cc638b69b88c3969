/**
 * The library for applications: typed values under text keys on any store. Start at
 * {@link org.ocmcore.cache.domain.client.Cache}.
 */
package org.ocmcore.cache.domain.client;
