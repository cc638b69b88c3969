package org.ocmcore.cache.adapter.memcached;

import org.ocmcore.cache.adapter.memcached.Answer.Status;

/**
 * What can be asked with a meta command, with the two answers that it can have (memcached
 * doc/protocol.txt, "Meta Commands").
 */
enum Question {
  /** Value, flags and what is left of the lifetime. */
  READ(Status.VALUE, Status.MISS),
  /** Whether it is there, which neither moves nor marks it ("Meta Debug"). */
  FIND(Status.FOUND, Status.MISS),
  /** A new lifetime. */
  TOUCH(Status.DONE, Status.MISS),
  DELETE(Status.DONE, Status.NOT_FOUND),
  STORE(Status.DONE, Status.NOT_STORED),
  /** Only to be answered ("Meta No-Op"). */
  NOTHING(Status.NOTHING, Status.NOTHING);

  private final Status yes;
  private final Status no;

  /**
   * @param yes if there was such a key, or the value was stored
   * @param no if not
   */
  Question(Status yes, Status no) {
    this.yes = yes;
    this.no = no;
  }

  /**
   * Whether the answer is yes.
   *
   * @throws Refusal if the server refused
   * @throws Rubbish if this is no answer to this question
   */
  boolean isGranted(Answer answer) throws Refusal, Rubbish {
    if (answer.status() == yes) {
      return true;
    }
    if (answer.status() == no) {
      return false;
    }
    if (answer.status() == Status.REFUSED) {
      throw Refusal.saying(answer.line());
    }
    throw Rubbish.of(answer.line());
  }
}
