package org.ocmcore.cache.app;

/** How long Java keeps the addresses of a name. */
final class AddressCache {
  /**
   * Java reads it where its configuration ({@code networkaddress.cache.ttl}) says nothing. Setting
   * that one instead begins Java's log of security events, which takes a tenth of a short command.
   */
  private static final String SETTING = "sun.net.inetaddr.ttl";

  private static final String SECONDS = "2";

  private AddressCache() {}

  /**
   * Lets new addresses of a name be seen soon. Java keeps addresses for 30 seconds otherwise. Must
   * run before the first name is looked up; a value in Java's own configuration stays.
   */
  static void keepBriefly() {
    if (System.getProperty(SETTING) == null) {
      System.setProperty(SETTING, SECONDS);
    }
  }
}
