package org.ocmcore.cache.adapter.memcached;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Says in plain English why TLS failed, and what to do. */
final class TlsFailure {
  static final String NO_TLS =
      "it does not speak TLS: set MEMCACHED_TLS=false, or name its port with TLS";

  /** How the JDK's messages about names begin: "No name matching …", "No subject …". */
  private static final String OTHER_NAME = "No ";

  private TlsFailure() {}

  /** Returns the reason for people. */
  static String reason(SSLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException) {
        return "its certificate has expired (" + cause.getMessage() + "): renew it";
      }
      if (cause instanceof CertificateNotYetValidException) {
        return "its certificate is not valid yet (" + cause.getMessage() + "): compare the clocks";
      }
      if (cause instanceof CertPathBuilderException) {
        return "its certificate is not signed by an authority that is trusted here:"
            + " set MEMCACHED_TLS_CA to the PEM file of its authority";
      }
      if (cause instanceof CertificateException && cause.getCause() == null) {
        String detail = String.valueOf(cause.getMessage());
        return detail.startsWith(OTHER_NAME)
            ? "its certificate is for another name (" + detail
                + "): set MEMCACHED_TLS_SERVER_NAME to a name in the certificate"
            : "its certificate cannot be used (" + detail + "): give the server another one";
      }
    }
    // Newer versions of Java put the name of the alert first.
    String message = String.valueOf(failure.getMessage()).replaceFirst("^\\(\\w+\\) ", "");
    if (message.toLowerCase(Locale.ROOT).contains("unrecognized ssl message")) {
      return NO_TLS;
    }
    if (message.contains("certificate")) {
      return "it rejects our certificate, or wants one (" + message
          + "): set MEMCACHED_TLS_CERT and MEMCACHED_TLS_KEY to one that its authority signed";
    }
    return "TLS failed: " + message;
  }
}
