package org.ocmcore.cache.adapter.http;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/**
 * The certificate that a client has shown.
 *
 * @param fingerprint the SHA-256 of it in DER, in lower case hexadecimal digits
 * @param end when it expires
 */
record ClientCertificate(String fingerprint, Instant end) {
  /**
   * The certificate of a request; empty if the client has shown none, or if it has expired. The
   * handshake has verified it, but connections, and sessions that are resumed, may be older.
   */
  static Optional<ClientCertificate> of(Request request, Instant now) {
    EndPoint.SslSessionData session =
        request.getConnectionMetaData().getConnection().getEndPoint().getSslSessionData();
    X509Certificate[] chain = session == null ? null : session.peerCertificates();
    return chain == null || chain.length == 0
        ? Optional.empty()
        : Optional.of(
                new ClientCertificate(sha256(chain[0]), chain[0].getNotAfter().toInstant()))
            .filter(shown -> shown.isValidAt(now));
  }

  boolean isValidAt(Instant now) {
    return !now.isAfter(end);
  }

  private static String sha256(X509Certificate certificate) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256, and the certificate was parsed", e);
    }
  }
}
