package org.ocmcore.cache.adapter.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses whose first bits are equal (RFC 4632), all of one family.
 *
 * @param first the lowest of them
 * @param bits how many bits are equal
 */
record AddressRange(InetAddress first, int bits) {
  private static final Pattern FORM = Pattern.compile("([^/]+)(?:/(0|[1-9][0-9]{0,2}))?");

  /**
   * A range such as {@code 10.0.0.0/8}, or a single address.
   *
   * @throws IllegalArgumentException if this is neither; says why
   */
  static AddressRange parse(String text) {
    Matcher parts = FORM.matcher(text);
    InetAddress first = parts.matches() ? IpLiteral.parse(parts.group(1)).orElse(null) : null;
    if (first == null) {
      throw new IllegalArgumentException(
          "\"%s\" is not an address; write one, or a range of them, such as 10.0.0.1, 10.0.0.0/8 or fd00::/8"
              .formatted(text));
    }
    int all = first.getAddress().length * Byte.SIZE;
    int bits = parts.group(2) == null ? all : Integer.parseInt(parts.group(2));
    if (bits > all) {
      throw new IllegalArgumentException(
          "\"%s\" has %d bits before its end, it must be 0 to %d".formatted(text, bits, all));
    }
    AddressRange range = new AddressRange(first, bits);
    if (!Arrays.equals(range.masked(first), first.getAddress())) {
      throw new IllegalArgumentException(
          "\"%s\" has bits set behind the first %d; write the first address of the range"
              .formatted(text, bits));
    }
    return range;
  }

  boolean includes(InetAddress address) {
    return Arrays.equals(masked(address), first.getAddress());
  }

  private byte[] masked(InetAddress address) {
    byte[] bytes = address.getAddress();
    for (int i = 0; i < bytes.length; i++) {
      int kept = Math.max(0, Math.min(Byte.SIZE, bits - i * Byte.SIZE));
      bytes[i] &= (byte) (0xff << (Byte.SIZE - kept));
    }
    return bytes;
  }
}
