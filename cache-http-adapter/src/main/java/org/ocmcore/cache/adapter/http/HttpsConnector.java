package org.ocmcore.cache.adapter.http;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The protocols of a port with TLS: HTTP/2 and HTTP/1.1. A plain request is read as HTTP/1.1, so
 * that {@link RequestGuard} can say what is wrong. Only this class uses Jetty's classes for TLS, so
 * that a service without TLS does not load them.
 */
final class HttpsConnector {
  /** As many as browsers expect; some clients fail rather than wait for a free one. */
  static final int MAX_STREAMS = 100;

  private static final String ALPN = "alpn";

  /** As ALPN spells it; Jetty has it in capitals. */
  private static final String HTTP_1 = "http/1.1";

  /** Both versions have only suites with forward secrecy and authenticated encryption here. */
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  private static final String[] SUITES = {
    "TLS_AES_256_GCM_SHA384",
    "TLS_AES_128_GCM_SHA256",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
  };

  private HttpsConnector() {}

  /** The protocols; the first one is what a new connection begins with. */
  static ConnectionFactory[] protocols(HttpsContext https, HttpConfiguration http) {
    return protocols(https, http, JettySetup.HEAD_TIME);
  }

  /** @param deadline for a handshake, and for a head */
  static ConnectionFactory[] protocols(
      HttpsContext https, HttpConfiguration http, Duration deadline) {
    HttpConnectionFactory http1 = new TimedHttp1(http, deadline);
    HTTP2ServerConnectionFactory http2 = http2(http, deadline);
    // In the order in which this side prefers them.
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory(http2.getProtocol(), HTTP_1);
    alpn.setDefaultProtocol(HTTP_1);
    // The second one is for what is not recognized as TLS.
    return new ConnectionFactory[] {
      new DetectorConnectionFactory(new TimedTls(tls(https), ALPN, deadline)), http1, alpn, http2
    };
  }

  /**
   * Jetty closes a connection with more than 128 resets, pings, settings, continuations or empty
   * frames a second; that fits.
   */
  private static HTTP2ServerConnectionFactory http2(HttpConfiguration http, Duration deadline) {
    HTTP2ServerConnectionFactory http2 = new TimedHttp2(http, deadline);
    http2.setMaxConcurrentStreams(MAX_STREAMS);
    http2.setConnectProtocolEnabled(false);
    return http2;
  }

  private static SslContextFactory.Server tls(HttpsContext https) {
    // Jetty's own way to reload has a moment without protocols and suites.
    SslContextFactory.Server tls = new SslContextFactory.Server() {
      @Override
      public SSLContext getSslContext() {
        return https.current();
      }
    };
    tls.setSslContext(https.current());
    tls.setIncludeProtocols(VERSIONS);
    tls.setIncludeCipherSuites(SUITES);
    tls.setUseCipherSuitesOrder(true);
    tls.setRenegotiationAllowed(false);
    tls.setWantClientAuth(https.asksForCertificates());
    return tls;
  }
}
