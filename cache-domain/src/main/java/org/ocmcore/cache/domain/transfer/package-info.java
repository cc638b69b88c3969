/**
 * What bulk changes, dumps and restores share: batches for each server, rate limits, and pauses
 * while a server is slow. Start at {@link org.ocmcore.cache.domain.transfer.ServerBatcher}.
 */
package org.ocmcore.cache.domain.transfer;
