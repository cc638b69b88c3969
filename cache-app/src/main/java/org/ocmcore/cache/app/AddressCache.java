package org.ocmcore.cache.app;

import java.security.Security;

/** How long Java keeps the addresses of a name. */
final class AddressCache {
  private static final String SETTING = "networkaddress.cache.ttl";
  private static final String SECONDS = "2";

  private AddressCache() {}

  /**
   * Lets new addresses of a name be seen soon. Java keeps addresses for 30 seconds otherwise. Must
   * run before the first name is looked up; a value in Java's own configuration stays.
   */
  static void keepBriefly() {
    if (Security.getProperty(SETTING) == null) {
      Security.setProperty(SETTING, SECONDS);
    }
  }
}
