package org.ocmcore.cache.app;

import java.util.Optional;
import org.ocmcore.cache.adapter.http.HttpSettings;
import org.ocmcore.cache.adapter.http.HttpsContext;
import org.ocmcore.cache.adapter.http.ProxySettings;
import org.ocmcore.cache.adapter.http.TrustedProxies;

/** Parses the settings of the API. */
final class ApiSettings {
  private ApiSettings() {}

  /** Notes what is wrong, as the reader does. */
  static HttpSettings parse(SettingReader reader, Optional<HttpsContext> https) {
    return new HttpSettings(
        reader.read(Setting.CACHE_HTTP_HOST, host -> host),
        (int) reader.number(Setting.CACHE_HTTP_PORT, 0, 65_535),
        reader.read(Setting.CACHE_HTTP_ALLOWED_HOSTS, HttpSettings::parseHosts),
        new ProxySettings(
            reader.read(Setting.CACHE_HTTP_TRUSTED_PROXIES, TrustedProxies::parse),
            reader.read(Setting.CACHE_HTTP_BASE_PATH, ProxySettings::parseBasePath)),
        https);
  }
}
