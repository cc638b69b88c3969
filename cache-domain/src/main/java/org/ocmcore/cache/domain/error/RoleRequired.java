package org.ocmcore.cache.domain.error;

/** The caller's role does not include what was asked for. Nothing was done. */
public final class RoleRequired extends CacheException {
  private static final long serialVersionUID = 1;

  private final String role;

  /**
   * @param role the least role that suffices
   * @param caller the name of the caller
   * @param has the role of the caller
   */
  public RoleRequired(String role, String caller, String has) {
    super("this needs the role %s; %s is a %s".formatted(role, caller, has));
    this.role = role;
  }

  /** The least role that suffices. */
  public String role() {
    return role;
  }
}
