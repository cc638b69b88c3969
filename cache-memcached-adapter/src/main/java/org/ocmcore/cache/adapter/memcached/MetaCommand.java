package org.ocmcore.cache.adapter.memcached;

import java.util.Set;
import org.ocmcore.cache.adapter.memcached.MetaResponse.Status;

/**
 * The meta commands that this adapter sends, each with the responses that it can have (memcached
 * doc/protocol.txt, "Meta Commands").
 */
enum MetaCommand {
  /** {@code mg}: returns value, flags, remaining TTL and CAS unique ("Meta Get"). */
  GET(Status.VALUE, Set.of(Status.MISS), true),
  /**
   * {@code me}: returns the metadata of an item, without moving it in the LRU or marking it as
   * fetched ("Meta Debug").
   */
  DEBUG(Status.METADATA, Set.of(Status.MISS), false),
  /**
   * {@code mg} for the remaining TTL alone, which neither marks the item as fetched nor moves it.
   */
  PEEK(Status.DONE, Set.of(Status.MISS), true),
  /** {@code mg} with a new TTL and without the value. */
  TOUCH(Status.DONE, Set.of(Status.MISS), true),
  /** {@code md} ("Meta Delete"). */
  DELETE(Status.DONE, Set.of(Status.NOT_FOUND), true),
  /** {@code md} that compares the CAS unique. */
  DELETE_VERSION(Status.DONE, Set.of(Status.EXISTS, Status.NOT_FOUND), true),
  /**
   * {@code md} that marks an item as stale again, so that the next client that reads it wins the
   * token to store it anew ("Meta Delete", flag {@code I}).
   */
  RETURN_TOKEN(Status.DONE, Set.of(Status.EXISTS, Status.NOT_FOUND), true),
  /** {@code ms}, in mode set, add or replace ("Meta Set"). */
  SET(Status.DONE, Set.of(Status.NOT_STORED), true),
  /** {@code ms} that compares the CAS unique. */
  REPLACE(Status.DONE, Set.of(Status.EXISTS, Status.NOT_FOUND), true),
  /** {@code ma}, which creates the item if it is absent ("Meta Arithmetic"). */
  ARITHMETIC(Status.VALUE, Set.of(Status.NOT_NUMERIC), true),
  /** {@code mn}: does nothing and is answered ("Meta No-Op"). */
  NO_OP(Status.NO_OP, Set.of(), false);

  private final Status success;
  private final Set<Status> failures;
  private final boolean hasOpaque;

  /**
   * @param success the status if the key existed or the value was stored
   * @param failures the statuses otherwise
   * @param hasOpaque whether the response repeats the opaque of the request
   */
  MetaCommand(Status success, Set<Status> failures, boolean hasOpaque) {
    this.success = success;
    this.failures = failures;
    this.hasOpaque = hasOpaque;
  }

  /** Returns whether request and response carry an opaque ("Meta Commands", flag {@code O}). */
  boolean hasOpaque() {
    return hasOpaque;
  }

  /**
   * Returns whether the response reports success: the key existed, or the value was stored.
   *
   * @throws ServerErrorException if the server reports an error
   * @throws ProtocolException if this command cannot have this response
   */
  boolean isSuccess(MetaResponse response) throws ServerErrorException, ProtocolException {
    if (response.status() == success) {
      if (this == GET && !response.hasFlagsAndTtl()) {
        throw ProtocolException.withDetail("a value without flags or TTL");
      }
      if (this == PEEK && response.ttl() == MetaResponse.ABSENT) {
        throw ProtocolException.withDetail("an item without TTL");
      }
      return true;
    }
    if (failures.contains(response.status())) {
      return false;
    }
    if (response.status() == Status.SERVER_ERROR) {
      throw ServerErrorException.of(response.line());
    }
    throw ProtocolException.of(response.line());
  }
}
