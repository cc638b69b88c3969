package org.ocmcore.cache.viewer;

/** A value is not what a decoder expects, or exceeds a limit. The message names the decoder. */
public class DecodingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String decoder;

  DecodingException(String decoder, String reason) {
    super(decoder + ": " + reason);
    this.decoder = decoder;
  }

  DecodingException(String decoder, String reason, Throwable cause) {
    super(decoder + ": " + reason, cause);
    this.decoder = decoder;
  }

  /** The name of the decoder that refused the value, such as {@code gzip}. */
  public String decoder() {
    return decoder;
  }
}
