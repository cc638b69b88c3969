package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * How to encrypt connections. Immutable.
 *
 * <pre>{@code
 * TlsSettings.verified()
 *     .withAuthorities(PemFiles.certificates(Path.of("ca.pem")))
 *     .withServerName("cache.example")
 * }</pre>
 */
public final class TlsSettings {
  private static final char[] NO_PASSWORD = {};
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  private final List<X509Certificate> authorities;
  private final List<X509Certificate> chain;
  private final PrivateKey key;
  private final String serverName;
  private final boolean isVerified;
  private final KeyManager[] keyManagers;
  private final TrustManager[] trustManagers;

  private TlsSettings(
      List<X509Certificate> authorities,
      List<X509Certificate> chain,
      PrivateKey key,
      String serverName,
      boolean isVerified) {
    this.authorities = List.copyOf(authorities);
    this.chain = List.copyOf(chain);
    this.key = key;
    this.serverName = serverName;
    this.isVerified = isVerified;
    try {
      this.keyManagers = keyManagers(chain, key);
      this.trustManagers =
          isVerified ? trustManagers(authorities) : new TrustManager[] {new TrustEverything()};
      createContext();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /**
   * Returns settings by which the server's certificate must be for the host name as it is
   * configured, and signed by an authority that the JDK trusts.
   */
  public static TlsSettings verified() {
    return new TlsSettings(List.of(), List.of(), null, "", true);
  }

  /** Trusts these authorities instead of those of the JDK; none means those of the JDK. */
  public TlsSettings withAuthorities(List<X509Certificate> trusted) {
    return new TlsSettings(trusted, chain, key, serverName, isVerified);
  }

  /**
   * Shows this certificate to servers.
   *
   * @param certificates the certificate, and then those up to its authority
   * @throws IllegalArgumentException if the key is not that of the first certificate
   */
  public TlsSettings withCertificate(List<X509Certificate> certificates, PrivateKey privateKey) {
    if (!belongTogether(certificates.get(0).getPublicKey(), privateKey)) {
      throw new IllegalArgumentException("the key does not belong to the certificate");
    }
    return new TlsSettings(authorities, certificates, privateKey, serverName, isVerified);
  }

  /** Sets the name that the certificates of all servers must be for, instead of their hosts. */
  public TlsSettings withServerName(String name) {
    return new TlsSettings(authorities, chain, key, name, isVerified);
  }

  /** Accepts every certificate: others on the network can read and change everything. */
  public TlsSettings unverified() {
    return new TlsSettings(authorities, chain, key, serverName, false);
  }

  boolean isVerified() {
    return isVerified;
  }

  private static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey) {
    String algorithm = SIGNATURES.get(privateKey.getAlgorithm());
    byte[] message = {1};
    try {
      Signature signature =
          Signature.getInstance(Optional.ofNullable(algorithm).orElse(privateKey.getAlgorithm()));
      signature.initSign(privateKey);
      signature.update(message);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(message);
      return signature.verify(signed);
    } catch (GeneralSecurityException otherKind) {
      return false;
    }
  }

  /**
   * Returns a new context with this certificate and these authorities, for either side of a
   * connection. It has no sessions of earlier connections: memcached with {@code ssl_verify_mode}
   * rejects them.
   */
  public SSLContext newContext() {
    try {
      return createContext();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the same worked at start", e);
    }
  }

  private SSLContext createContext() throws GeneralSecurityException {
    SSLContext created = SSLContext.getInstance("TLS");
    created.init(keyManagers, trustManagers, null);
    return created;
  }

  private static KeyManager[] keyManagers(List<X509Certificate> chain, PrivateKey key)
      throws GeneralSecurityException, IOException {
    if (key == null) {
      return new KeyManager[0];
    }
    KeyStore store = emptyStore();
    store.setKeyEntry("key", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static TrustManager[] trustManagers(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = null;
    if (!authorities.isEmpty()) {
      store = emptyStore();
      for (X509Certificate authority : authorities) {
        store.setCertificateEntry("authority-" + store.size(), authority);
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  /** Returns the client's side of a new connection. */
  SSLEngine engine(String host, int port) {
    SSLEngine engine = newContext().createSSLEngine(serverName.isEmpty() ? host : serverName, port);
    engine.setUseClientMode(true);
    if (isVerified) {
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      engine.setSSLParameters(parameters);
    }
    return engine;
  }
}
