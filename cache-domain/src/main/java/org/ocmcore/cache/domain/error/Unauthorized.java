package org.ocmcore.cache.domain.error;

/** The caller has not shown a token that is valid. Nothing was done. */
public final class Unauthorized extends CacheException {
  private static final long serialVersionUID = 1;

  /** @param message what is wrong with the token, in words; never the token */
  public Unauthorized(String message) {
    super(message);
  }
}
