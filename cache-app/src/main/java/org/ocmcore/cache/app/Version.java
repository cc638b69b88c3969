package org.ocmcore.cache.app;

/** The version of the program. */
final class Version {
  /** The version of the build, or that it was not built. */
  static final String TEXT = text();

  private Version() {}

  private static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
