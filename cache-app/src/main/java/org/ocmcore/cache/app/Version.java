package org.ocmcore.cache.app;

/** Which version of the program this is. */
final class Version {
  /** As it was built, or that it was not. */
  static final String TEXT = text();

  private Version() {}

  private static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
