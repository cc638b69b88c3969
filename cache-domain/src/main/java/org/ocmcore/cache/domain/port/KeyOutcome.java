package org.ocmcore.cache.domain.port;

/** What became of a key that was to be changed. */
public enum KeyOutcome {
  /** The server has confirmed it. */
  DONE,
  /** It was not there any more. */
  ABSENT,
  /** The server refused it for this key, though it works. */
  REFUSED
}
