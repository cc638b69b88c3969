package org.ocmcore.cache.domain.error;

/** The caller is limited to some apps, and asked for more. Nothing was done. */
public final class OutsideApps extends CacheException {
  private static final long serialVersionUID = 1;

  private OutsideApps(String message) {
    super(message);
  }

  /** For something that concerns all keys. */
  public static OutsideApps ofEverything(String caller, String apps) {
    return new OutsideApps(
        "this concerns the keys of all apps; %s is limited to those of %s".formatted(caller, apps));
  }

  /** For a key of another app. */
  public static OutsideApps ofKey(String key, String caller, String apps) {
    return new OutsideApps(
        "key '%s' is not of the apps that %s is limited to: %s".formatted(key, caller, apps));
  }

  /** For another app. */
  public static OutsideApps ofApp(String app, String caller, String apps) {
    return new OutsideApps(
        "app '%s' is not among those that %s is limited to: %s".formatted(app, caller, apps));
  }
}
