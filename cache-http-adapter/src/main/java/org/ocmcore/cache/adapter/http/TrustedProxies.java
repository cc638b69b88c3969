package org.ocmcore.cache.adapter.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/** The proxies whose {@code X-Forwarded-…} headers count. */
public final class TrustedProxies {
  /** No proxy: these headers are ignored. */
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  private final List<AddressRange> ranges;

  private TrustedProxies(List<AddressRange> ranges) {
    this.ranges = ranges;
  }

  /**
   * The addresses and ranges in this text, separated by commas; none if it is blank.
   *
   * @throws IllegalArgumentException if one is neither; says which and why
   */
  public static TrustedProxies parse(String text) {
    return text.isBlank()
        ? NONE
        : new TrustedProxies(Arrays.stream(text.split(",", -1))
            .map(range -> AddressRange.parse(range.strip()))
            .toList());
  }

  boolean include(InetAddress address) {
    for (AddressRange range : ranges) {
      if (range.includes(address)) {
        return true;
      }
    }
    return false;
  }
}
