package org.ocmcore.cache.adapter.cli;

import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.error.KeyNotFound;
import org.ocmcore.cache.domain.error.ManagementForbidden;
import org.ocmcore.cache.domain.error.PatternTooCostly;
import org.ocmcore.cache.domain.error.PlanOutgrown;
import org.ocmcore.cache.domain.error.PreconditionFailed;
import org.ocmcore.cache.domain.error.RestoreLimitReached;
import org.ocmcore.cache.domain.error.TooManyKeys;

/** The exit statuses, for scripts. */
public final class Exit {
  /** Everything was done. */
  public static final int DONE = 0;

  /** A server, a disk or a file failed, or the service could not start. */
  public static final int FAILED = 1;

  /** The arguments or the settings are wrong. */
  public static final int USAGE = 2;

  /** The environment does not allow it. */
  public static final int FORBIDDEN = 3;

  /** The service has run out of memory. The Java machine exits with the same status. */
  public static final int OUT_OF_MEMORY = 3;

  /** It was done, but the dump lacks keys or some entries were not restored. */
  public static final int INCOMPLETE = 4;

  /** The dump or the audit log is damaged, or is none. */
  public static final int DAMAGED = 5;

  /** A named key is not there. */
  public static final int NOT_FOUND = 6;

  /**
   * A change was not confirmed, concerns more keys than it may, or has a condition that does not
   * hold; nothing was done.
   */
  public static final int NOT_CONFIRMED = 7;

  static final String HELP = """
      Exit status: 0 done, 1 failed (a server, a disk; the service could not start), 2 wrong usage
      or settings, 3 forbidden in this environment (of serve: memory is gone), 4 done but
      incomplete, 5 the dump or audit log is damaged or is none, 6 a key is not there, 7 not
      confirmed, too many keys or a condition does not hold, 130 and 143 ended by Ctrl-C or SIGTERM.""";

  private Exit() {}

  /** The exit status for a failure. */
  static int of(CacheException failure) {
    if (failure instanceof ManagementForbidden) {
      return FORBIDDEN;
    }
    if (failure instanceof KeyNotFound) {
      return NOT_FOUND;
    }
    if (failure instanceof TooManyKeys
        || failure instanceof RestoreLimitReached
        || failure instanceof PlanOutgrown
        || failure instanceof PreconditionFailed) {
      return NOT_CONFIRMED;
    }
    if (failure instanceof DumpUnusable) {
      return DAMAGED;
    }
    return failure instanceof PatternTooCostly ? USAGE : FAILED;
  }
}
