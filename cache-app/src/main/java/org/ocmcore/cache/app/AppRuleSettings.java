package org.ocmcore.cache.app;

import java.util.Map;
import java.util.Optional;
import org.ocmcore.cache.domain.query.AppRule;

/** Parses the settings that say which app a key belongs to. */
final class AppRuleSettings {
  private AppRuleSettings() {}

  /**
   * The rule, for commands that need no other settings.
   *
   * @throws org.ocmcore.cache.adapter.cli.InvalidSettings if these settings are wrong
   */
  static AppRule from(Map<String, String> environment) {
    SettingReader reader = new SettingReader(environment);
    AppRule rule = parse(reader);
    reader.failure().ifPresent(failure -> {
      throw failure;
    });
    return rule;
  }

  /** The rule; problems are noted. */
  static AppRule parse(SettingReader reader) {
    AppRule separators = reader.read(Setting.CACHE_APP_SEPARATORS, AppRule::ofSeparators);
    Optional<AppRule> pattern = reader.read(
        Setting.CACHE_APP_PATTERN,
        regex -> regex.isEmpty() ? Optional.empty() : Optional.of(AppRule.ofPattern(regex)));
    if (reader.isSet(Setting.CACHE_APP_SEPARATORS) && reader.isSet(Setting.CACHE_APP_PATTERN)) {
      reader.problem(
          "CACHE_APP_PATTERN finds the app of a key, so CACHE_APP_SEPARATORS must not be set: remove it");
    }
    return pattern.orElse(separators);
  }
}
