package org.ocmcore.cache.domain.access;

/** What only operators do. The production environment allows only what it is set to. */
public enum Operation {
  /** Changes, deletes and restores keys; removes dumps. */
  MANAGE,
  /** Makes dumps, and sets when they are made. */
  DUMP,
  /** Downloads the file of a dump, which holds values. */
  DOWNLOAD;

  /**
   * The operation with this name in lower case.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Operation named(String name) {
    return EnumNames.parse(Operation.class, name);
  }

  @Override
  public String toString() {
    return EnumNames.of(this);
  }
}
