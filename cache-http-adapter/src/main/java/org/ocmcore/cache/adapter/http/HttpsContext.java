package org.ocmcore.cache.adapter.http;

import javax.net.ssl.SSLContext;

/**
 * The certificate, the key and the trusted authorities of the API. They can be replaced while it
 * runs: handshakes from then on use the new ones, and open connections go on. Safe for use by any
 * number of threads.
 */
public final class HttpsContext {
  private final boolean asksForCertificates;
  private volatile SSLContext current;

  /**
   * @param asksForCertificates whether clients are asked for a certificate, which they need not
   *     have; one that the context does not trust ends the handshake
   */
  public HttpsContext(SSLContext first, boolean asksForCertificates) {
    this.current = first;
    this.asksForCertificates = asksForCertificates;
  }

  /** Uses another context for new connections. Sessions of the old one are not resumed. */
  public void replace(SSLContext next) {
    current = next;
  }

  SSLContext current() {
    return current;
  }

  boolean asksForCertificates() {
    return asksForCertificates;
  }
}
