package org.ocmcore.cache.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
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
  private static final int TARGET_BYTES = 8;

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

  /** In a text that names neither servers nor folder. */
  private static String target(AppConfig config) {
    List<String> facts = new ArrayList<>(List.of(
        config.environment().toString(),
        config.store().backend(),
        config.dumps().text()));
    if (config.store() instanceof AppConfig.Memcached memcached) {
      facts.addAll(memcached.settings().servers());
    }
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256")
          .digest(String.join("\n", facts).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, TARGET_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
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
