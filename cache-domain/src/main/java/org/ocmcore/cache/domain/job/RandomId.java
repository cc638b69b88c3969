package org.ocmcore.cache.domain.job;

import java.math.BigInteger;
import java.security.SecureRandom;

/** Ids that cannot be guessed. Safe for use by any number of threads. */
public final class RandomId {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BITS = 80;
  private static final int RADIX = 32;
  private static final int LENGTH = 16;

  private RandomId() {}

  /** A new one: {@value #LENGTH} digits and small letters from a to v. */
  public static String next() {
    String digits = new BigInteger(BITS, RANDOM).toString(RADIX);
    return "0".repeat(LENGTH - digits.length()) + digits;
  }
}
