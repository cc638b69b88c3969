package org.ocmcore.cache.domain.port;

/** The result of a change of one key. */
public enum KeyOutcome {
  /** The server confirmed the change. */
  DONE,
  /** The key did not exist any more. */
  ABSENT,
  /** The server works but refused the change of this key. */
  REFUSED
}
