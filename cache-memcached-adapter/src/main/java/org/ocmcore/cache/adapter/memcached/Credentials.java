package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The user and the password for memcached's text authentication ({@code memcached -Y}).
 *
 * @param user not empty, without spaces, colons and control characters
 * @param password not empty, without spaces and control characters: memcached reads up to a space
 */
public record Credentials(String user, String password) {
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
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw PemFiles.unreadable(file, e);
    }
    int colon = lines.isEmpty() ? -1 : lines.get(0).indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("its first line must be user:password");
    }
    return new Credentials(lines.get(0).substring(0, colon), lines.get(0).substring(colon + 1));
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
