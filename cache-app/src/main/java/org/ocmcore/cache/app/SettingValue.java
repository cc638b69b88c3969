package org.ocmcore.cache.app;

/**
 * What a setting is.
 *
 * @param text a secret is masked; empty if there is none
 * @param isSet whether the environment has it; otherwise it is the default
 */
record SettingValue(String text, boolean isSet) {
  /** Where it comes from, in a word. */
  String origin() {
    return isSet ? "environment" : "default";
  }
}
