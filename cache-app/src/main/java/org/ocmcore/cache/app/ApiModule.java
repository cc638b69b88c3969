package org.ocmcore.cache.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.adapter.http.HttpApi;
import org.ocmcore.cache.adapter.http.HttpMonitoring;
import org.ocmcore.cache.adapter.http.ServiceInfo;
import org.ocmcore.cache.adapter.http.ServiceSetting;
import org.ocmcore.cache.domain.CacheAdmin;
import org.ocmcore.cache.domain.CacheReader;
import org.ocmcore.cache.domain.CallerUseCases;
import org.ocmcore.cache.domain.access.Authenticator;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.tracking.RingCheck;

/** Binds the API. */
final class ApiModule extends AbstractModule {
  @Provides
  @Singleton
  static HttpApi http(
      AppConfig config,
      RingCheck rings,
      CacheReader reader,
      CacheAdmin admin,
      HttpMonitoring monitoring,
      Authenticator authenticator,
      Clock clock) {
    config.access().tokens().ifPresent(file -> file.report(new TokenLog()));
    return new HttpApi(
        config.http(),
        info(config, rings),
        authenticator,
        new CallerUseCases(Caller.SERVICE, reader, admin),
        Optional.of(monitoring),
        clock);
  }

  /** Whatever decides what a change concerns that somebody has looked at. */
  static String target(AppConfig config) {
    List<String> facts = new ArrayList<>(List.of(
        config.environment().toString(),
        config.store().backend(),
        config.dumps().text(),
        config.effective().get(Setting.CACHE_APP_SEPARATORS).text(),
        config.effective().get(Setting.CACHE_APP_PATTERN).text()));
    if (config.store() instanceof AppConfig.Memcached memcached) {
      facts.add(memcached.settings().ring().toString());
      facts.addAll(memcached.settings().servers());
    }
    return String.join("\n", facts);
  }

  private static ServiceInfo info(AppConfig config, RingCheck rings) {
    List<ServiceSetting> settings = new ArrayList<>();
    config
        .effective()
        .forEach((setting, value) -> settings.add(
            new ServiceSetting(setting.name(), value.text(), value.origin(), setting.meaning())));
    return new ServiceInfo(
        Version.TEXT,
        config.store().backend(),
        config.environment().toString(),
        target(config),
        config.dumps().text(),
        settings,
        rings::latest);
  }
}
