package org.ocmcore.cache.app;

import java.time.Duration;
import java.util.Optional;
import org.ocmcore.cache.adapter.http.HttpLimits;
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
        https,
        limits(reader),
        LogSettings.access(reader));
  }

  private static HttpLimits limits(SettingReader reader) {
    return new HttpLimits(
        (int) reader.number(Setting.CACHE_HTTP_MAX_HEADER_BYTES, 1_024, 1_048_576),
        (int) reader.number(Setting.CACHE_HTTP_MAX_BODY_BYTES, 1_024, 134_217_728),
        Duration.ofSeconds(reader.number(Setting.CACHE_HTTP_REQUEST_SECONDS, 1, 86_400)),
        (int) reader.number(Setting.CACHE_HTTP_MAX_REQUESTS, 1, 10_000),
        (int) reader.number(Setting.CACHE_HTTP_MAX_REQUESTS_PER_ADDRESS, 1, 10_000),
        (int) reader.number(Setting.CACHE_HTTP_MAX_CONNECTIONS, 2, 100_000),
        (int) reader.number(Setting.CACHE_HTTP_MAX_EVENT_STREAMS, 1, 10_000),
        reader.number(Setting.CACHE_HTTP_MAX_PATTERN_STEPS, 1_000_000, 1_000_000_000_000L),
        reader.number(Setting.CACHE_HTTP_MAX_VALUE_BYTES, 1_024, 1_073_741_824));
  }
}
