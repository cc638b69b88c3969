/**
 * Operations on keys that a caller names, each on the servers that hold the key. Start at
 * {@link org.ocmcore.cache.domain.named.KeyRouter}.
 */
package org.ocmcore.cache.domain.named;
