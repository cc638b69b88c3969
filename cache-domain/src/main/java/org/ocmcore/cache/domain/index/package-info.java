/**
 * The in-memory index of all keys: an immutable B-tree of packed blocks. Start at
 * {@link org.ocmcore.cache.domain.index.LiveIndex}, which takes batches of changes and gives
 * snapshots, and at {@link org.ocmcore.cache.domain.index.KeyIndex}, a snapshot.
 */
package org.ocmcore.cache.domain.index;
