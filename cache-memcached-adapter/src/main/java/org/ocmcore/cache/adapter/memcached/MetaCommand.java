package org.ocmcore.cache.adapter.memcached;

import org.ocmcore.cache.adapter.memcached.MetaResponse.Status;

/**
 * The meta commands that this adapter sends, each with the two responses that it can have
 * (memcached doc/protocol.txt, "Meta Commands").
 */
enum MetaCommand {
  /** {@code mg}: returns value, flags and remaining TTL ("Meta Get"). */
  GET(Status.VALUE, Status.MISS, true),
  /**
   * {@code me}: returns the metadata of an item, without moving it in the LRU or marking it as
   * fetched ("Meta Debug").
   */
  DEBUG(Status.METADATA, Status.MISS, false),
  /** {@code mg} with a new TTL and without the value. */
  TOUCH(Status.DONE, Status.MISS, true),
  /** {@code md} ("Meta Delete"). */
  DELETE(Status.DONE, Status.NOT_FOUND, true),
  /** {@code ms}, in mode set or add ("Meta Set"). */
  SET(Status.DONE, Status.NOT_STORED, true),
  /** {@code mn}: does nothing and is answered ("Meta No-Op"). */
  NO_OP(Status.NO_OP, Status.NO_OP, false);

  private final Status success;
  private final Status failure;
  private final boolean hasOpaque;

  /**
   * @param success the status if the key existed or the value was stored
   * @param failure the status otherwise
   * @param hasOpaque whether the response repeats the opaque of the request
   */
  MetaCommand(Status success, Status failure, boolean hasOpaque) {
    this.success = success;
    this.failure = failure;
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
      return true;
    }
    if (response.status() == failure) {
      return false;
    }
    if (response.status() == Status.SERVER_ERROR) {
      throw ServerErrorException.of(response.line());
    }
    throw ProtocolException.of(response.line());
  }
}
