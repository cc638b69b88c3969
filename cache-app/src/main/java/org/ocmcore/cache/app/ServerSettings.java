package org.ocmcore.cache.app;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.adapter.memcached.Credentials;
import org.ocmcore.cache.adapter.memcached.FeedMode;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.PemFiles;
import org.ocmcore.cache.adapter.memcached.Ring;
import org.ocmcore.cache.adapter.memcached.TlsSettings;

/** Parses the settings of memcached servers, and reads the files that they name. */
final class ServerSettings {
  private static final String UNIX_SOCKET = "unix:";

  private static final List<Setting> OF_TLS = List.of(
      Setting.MEMCACHED_TLS_CA,
      Setting.MEMCACHED_TLS_CERT,
      Setting.MEMCACHED_TLS_KEY,
      Setting.MEMCACHED_TLS_SERVER_NAME,
      Setting.MEMCACHED_TLS_INSECURE);

  private final SettingReader reader;

  private ServerSettings(SettingReader reader) {
    this.reader = reader;
  }

  /** Returns the settings; the reader has the problems. */
  static MemcachedSettings parse(SettingReader reader) {
    return new ServerSettings(reader).parse();
  }

  private MemcachedSettings parse() {
    Duration timeout = Duration.ofMillis(reader.number(Setting.MEMCACHED_TIMEOUT_MS, 10, 60_000));
    FeedMode feed = reader.read(Setting.CACHE_FEED, FeedMode::named);
    List<String> servers = servers();
    MemcachedSettings plain = reader.read(
        Setting.MEMCACHED_RING,
        name -> new MemcachedSettings(servers, timeout, Ring.named(name), feed));
    MemcachedSettings named = credentials().map(plain::withCredentials).orElse(plain);
    return tls().map(settings -> encrypted(named, settings)).orElse(named);
  }

  private MemcachedSettings encrypted(MemcachedSettings plain, TlsSettings tls) {
    return reader.optional(Setting.MEMCACHED_TLS, isOn -> plain.withTls(tls)).orElse(plain);
  }

  private List<String> servers() {
    if (!reader.isSet(Setting.MEMCACHED_SERVERS)) {
      String host = reader.read(Setting.MEMCACHED_HOST, ServerSettings::host);
      if (!host.startsWith(UNIX_SOCKET)) {
        return List.of(host + ":" + reader.number(Setting.MEMCACHED_PORT, 1, 65_535));
      }
      if (reader.isSet(Setting.MEMCACHED_PORT)) {
        reader.problem("MEMCACHED_HOST is a unix socket, so MEMCACHED_PORT must not be set");
      }
      return List.of(host);
    }
    if (reader.isSet(Setting.MEMCACHED_HOST) || reader.isSet(Setting.MEMCACHED_PORT)) {
      reader.problem(
          "MEMCACHED_SERVERS names the servers, so MEMCACHED_HOST and MEMCACHED_PORT must not be set");
    }
    return reader.read(
        Setting.MEMCACHED_SERVERS,
        "localhost:11211",
        text -> MemcachedSettings.parse(text).servers());
  }

  private static String host(String name) {
    if (name.startsWith(UNIX_SOCKET)) {
      MemcachedSettings.parse(name);
      return name;
    }
    if (name.contains(",")) {
      throw new IllegalArgumentException("it must be one host: name several in MEMCACHED_SERVERS");
    }
    if (name.matches("[^:]*:\\d+")) {
      throw new IllegalArgumentException(
          "it must be a host without a port: set MEMCACHED_SERVERS=%s instead".formatted(name));
    }
    if (name.contains(":") && !name.startsWith("[")) {
      throw new IllegalArgumentException("write an IPv6 address in brackets, such as [::1]");
    }
    MemcachedSettings.parse(name + ":" + Setting.MEMCACHED_PORT.standard());
    return name;
  }

  private Optional<TlsSettings> tls() {
    if (!reader.flag(Setting.MEMCACHED_TLS)) {
      OF_TLS.stream()
          .filter(reader::isSet)
          .forEach(setting -> reader.problem(
              setting + " is set, but MEMCACHED_TLS is not: set MEMCACHED_TLS=true"));
      return Optional.empty();
    }
    TlsSettings tls = TlsSettings.verified();
    Optional<List<X509Certificate>> authorities =
        reader.file(Setting.MEMCACHED_TLS_CA, PemFiles::certificates);
    if (authorities.isPresent()) {
      tls = tls.withAuthorities(authorities.get());
    }
    Optional<String> serverName = reader.optional(Setting.MEMCACHED_TLS_SERVER_NAME, text -> text);
    if (serverName.isPresent()) {
      tls = tls.withServerName(serverName.get());
    }
    if (reader.flag(Setting.MEMCACHED_TLS_INSECURE)) {
      tls = tls.unverified();
    }
    return Optional.of(withCertificate(tls));
  }

  private TlsSettings withCertificate(TlsSettings tls) {
    reader.requireBoth(Setting.MEMCACHED_TLS_CERT, Setting.MEMCACHED_TLS_KEY);
    Optional<List<X509Certificate>> certificate =
        reader.file(Setting.MEMCACHED_TLS_CERT, PemFiles::certificates);
    return reader
        .file(Setting.MEMCACHED_TLS_KEY, file -> {
          PrivateKey key = PemFiles.privateKey(file);
          return certificate.map(chain -> tls.withCertificate(chain, key)).orElse(tls);
        })
        .orElse(tls);
  }

  private Optional<Credentials> credentials() {
    Optional<String> user = reader.optional(Setting.MEMCACHED_USERNAME, text -> text);
    Optional<String> password = reader.optional(Setting.MEMCACHED_PASSWORD, text -> text);
    Optional<Credentials> fromFile =
        reader.file(Setting.MEMCACHED_AUTH_FILE, Credentials::fromFile);
    if (reader.isSet(Setting.MEMCACHED_AUTH_FILE) && (user.isPresent() || password.isPresent())) {
      reader.problem(
          "MEMCACHED_AUTH_FILE names the user and the password, so MEMCACHED_USERNAME and"
              + " MEMCACHED_PASSWORD must not be set");
      return fromFile;
    }
    reader.requireBoth(Setting.MEMCACHED_USERNAME, Setting.MEMCACHED_PASSWORD);
    if (user.isEmpty() || password.isEmpty()) {
      return fromFile;
    }
    try {
      return Optional.of(new Credentials(user.get(), password.get()));
    } catch (IllegalArgumentException e) {
      reader.problem("MEMCACHED_USERNAME and MEMCACHED_PASSWORD: " + e.getMessage());
      return fromFile;
    }
  }
}
