package org.ocmcore.cache.adapter.memcached;

import org.ocmcore.cache.adapter.memcached.MetaResponse.Status;

/**
 * What can be asked with a meta command, with the two answers that it can have (memcached
 * doc/protocol.txt, "Meta Commands").
 */
enum MetaCommand {
  /** Value, flags and what is left of the lifetime. */
  READ(Status.VALUE, Status.MISS, true),
  /** Whether it is there, which neither moves nor marks it ("Meta Debug"). */
  FIND(Status.FOUND, Status.MISS, false),
  /** A new lifetime. */
  TOUCH(Status.DONE, Status.MISS, true),
  DELETE(Status.DONE, Status.NOT_FOUND, true),
  STORE(Status.DONE, Status.NOT_STORED, true),
  /** Only to be answered ("Meta No-Op"). */
  NOTHING(Status.NOTHING, Status.NOTHING, false);

  private final Status yes;
  private final Status no;
  private final boolean numbered;

  /**
   * @param yes if there was such a key, or the value was stored
   * @param no if not
   * @param numbered whether the answer repeats the opaque of the request
   */
  MetaCommand(Status yes, Status no, boolean numbered) {
    this.yes = yes;
    this.no = no;
    this.numbered = numbered;
  }

  /** Whether the request carries a number that its answer repeats. */
  boolean isNumbered() {
    return numbered;
  }

  /**
   * Whether the answer is yes.
   *
   * @throws ServerErrorException if the server refused
   * @throws ProtocolException if this is no answer to this question
   */
  boolean isGranted(MetaResponse answer) throws ServerErrorException, ProtocolException {
    if (answer.status() == yes) {
      return true;
    }
    if (answer.status() == no) {
      return false;
    }
    if (answer.status() == Status.REFUSED) {
      throw ServerErrorException.saying(answer.line());
    }
    throw ProtocolException.of(answer.line());
  }
}
