package org.ocmcore.cache.viewer;

/** The time is over, or the text is as long as it may be. What is written so far can be shown. */
final class ViewStoppedException extends DecodingException {
  private static final long serialVersionUID = 1;

  ViewStoppedException(String decoder, String reason) {
    super(decoder, reason);
  }
}
