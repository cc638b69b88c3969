package org.ocmcore.cache.adapter.memcached;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The user and the password for memcached's text authentication ({@code memcached -Y}).
 *
 * @param user not empty, without spaces, colons and control characters
 * @param password not empty, without spaces and control characters: memcached reads up to a space
 */
public record Credentials(String user, String password) {
  /** memcached reads fewer. */
  private static final int MAX_FILE_BYTES = 64 * 1024;

  /** @throws IllegalArgumentException if one is not valid; the message has no password */
  public Credentials {
    if (user.isEmpty() || user.chars().anyMatch(c -> c <= ' ' || c == ':' || c == 0x7f)) {
      throw new IllegalArgumentException(
          "the user is empty, or has a space, a colon or a control character");
    }
    if (password.isEmpty() || password.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      throw new IllegalArgumentException(
          "the password is empty, or has a space or a control character");
    }
  }

  /**
   * Reads the first line of a file, {@code user:password}, as memcached's own has it.
   *
   * @throws IllegalArgumentException if the file cannot be read or its first line has another form;
   *     the message has no password
   */
  public static Credentials fromFile(Path file) {
    String text = SettingFile.read(file, MAX_FILE_BYTES, StandardCharsets.UTF_8);
    String line = text.lines().findFirst().orElse("");
    int colon = line.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("its first line must be user:password");
    }
    return new Credentials(line.substring(0, colon), line.substring(colon + 1));
  }

  /** Returns what the server wants to read. */
  byte[] data() {
    return (user + " " + password).getBytes(StandardCharsets.UTF_8);
  }

  /** Shows no password. */
  @Override
  public String toString() {
    return "Credentials[user=" + user + ", password=***]";
  }
}
