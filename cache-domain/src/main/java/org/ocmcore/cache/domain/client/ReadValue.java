package org.ocmcore.cache.domain.client;

import java.util.Optional;
import org.ocmcore.cache.domain.entry.Expiry;

/**
 * What was found under a key.
 *
 * @param value empty if a loader is known to find nothing
 * @param expiry of the item; never, if nobody asked for it
 */
record ReadValue<T>(Optional<T> value, Expiry expiry) {}
