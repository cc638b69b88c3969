package org.ocmcore.cache.adapter.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses as text. Nothing is ever resolved. */
final class IpLiteral {
  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

  private static final Pattern V4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

  /** Whether a colon stands in it decides that Java takes it for an address, not for a name. */
  private static final Pattern V6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:][0-9A-Fa-f:.]{1,44}");

  private IpLiteral() {}

  /**
   * The address that the text is; empty if it is none. An IPv6 address may stand in brackets, and
   * has no zone. An IPv4-mapped one is the IPv4 address.
   */
  static Optional<InetAddress> parse(String text) {
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    boolean mayBe =
        V6.matcher(bare).matches() || V4.matcher(bare).matches() && bare.length() == text.length();
    try {
      return mayBe ? Optional.of(InetAddress.getByName(bare)) : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
