package org.ocmcore.cache.adapter.http;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/** The certificate that a client has shown. */
final class ClientCertificate {
  private ClientCertificate() {}

  /**
   * The SHA-256 of the certificate in DER, in lower case hexadecimal digits; empty if the client
   * has shown none. The handshake has verified the certificate.
   */
  static Optional<String> fingerprint(Request request) {
    EndPoint.SslSessionData session =
        request.getConnectionMetaData().getConnection().getEndPoint().getSslSessionData();
    X509Certificate[] chain = session == null ? null : session.peerCertificates();
    return chain == null || chain.length == 0 ? Optional.empty() : Optional.of(sha256(chain[0]));
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
