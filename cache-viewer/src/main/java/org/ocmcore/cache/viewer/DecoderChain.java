package org.ocmcore.cache.viewer;

import java.util.List;

/**
 * Which decoders a view applies, in order.
 *
 * @param names decoders of bytes or flags, and at the end perhaps a format; or only {@code auto} or
 *     {@code none}
 */
public record DecoderChain(List<String> names) {
  /** Each step is found by what the flags and bytes show. */
  public static final DecoderChain AUTO = new DecoderChain(List.of("auto"));

  /** The bytes as stored, as text if they are UTF-8, and in hexadecimal if not. */
  public static final DecoderChain NONE = new DecoderChain(List.of("none"));

  private static final int MAX_STEPS = 8;

  /** Validates. */
  public DecoderChain {
    names = List.copyOf(names);
    if (names.isEmpty() || names.size() > MAX_STEPS) {
      throw new IllegalArgumentException(
          "the chain has " + names.size() + " names, it must have from 1 to " + MAX_STEPS);
    }
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (Decoders.isFormat(name) && i < names.size() - 1) {
        throw new IllegalArgumentException(
            "\"" + name + "\" shows a value, so it must be the last name of the chain");
      }
      boolean isAlone = name.equals("auto") || name.equals("none");
      if (isAlone && names.size() > 1) {
        throw new IllegalArgumentException("\"" + name + "\" must be the only name of the chain");
      }
      if (!isAlone && !Decoders.isKnown(name)) {
        throw new IllegalArgumentException("there is no decoder \""
            + Utf8Text.name(name.substring(0, Math.min(40, name.length())))
            + "\"; known are auto, none, "
            + String.join(", ", Decoders.names()));
      }
    }
  }

  /**
   * The chain of names joined by commas, such as {@code base64,gzip,json}, or {@code auto} or
   * {@code none}.
   *
   * @throws IllegalArgumentException if a name is unknown or stands where it must not
   */
  public static DecoderChain parse(String text) {
    return new DecoderChain(List.of(text.strip().split("\\s*,\\s*", -1)));
  }

  @Override
  public String toString() {
    return String.join(",", names);
  }
}
