package org.ocmcore.cache.domain.client;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Utf8;
import org.ocmcore.cache.domain.error.UnexpectedValue;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Converts values between an application and a store. The type that a reader asks for decides how
 * bytes are read; flags only say whether they are compressed. So every client reads what is not
 * compressed, and flags of other clients do not matter.
 */
final class ValueConverter {
  /**
   * Marks that a loader found nothing: JSON's null, with an end that no program writes by chance.
   */
  private static final byte[] NOTHING = "null \t\n".getBytes(StandardCharsets.US_ASCII);

  static final CacheValue NEGATIVE = CacheValue.of(NOTHING, 0);

  /**
   * The flags by which spymemcached and xmemcached mark what they packed (SPECIAL_BOOLEAN to
   * SPECIAL_DOUBLE of their SerializingTranscoder). No other client known here uses them.
   */
  private static final long LEAST_PACKED = 1 << 8;

  private static final long MOST_PACKED = 7 << 8;

  private static final Map<Class<?>, Class<?>> WRAPPERS = Map.of(
      boolean.class, Boolean.class,
      byte.class, Byte.class,
      short.class, Short.class,
      int.class, Integer.class,
      long.class, Long.class,
      float.class, Float.class,
      double.class, Double.class);

  private final Optional<Codec> codec;
  private final Optional<Compression> compression;
  private final int compressAbove;
  private final Compression zlib = Compression.zlib();

  /** @param compressAbove values of more bytes are compressed, if that makes them smaller */
  ValueConverter(Optional<Codec> codec, Optional<Compression> compression, int compressAbove) {
    this.codec = codec;
    this.compression = compression;
    this.compressAbove = compressAbove;
  }

  static boolean isNegative(CacheValue value) {
    return value.length() == NOTHING.length && value.buffer().equals(ByteBuffer.wrap(NOTHING));
  }

  /** @throws IllegalArgumentException if the value cannot be converted */
  CacheValue encode(CacheKey key, Object value) {
    byte[] bytes = bytes(key, value);
    if (Arrays.equals(bytes, NOTHING)) {
      throw cannotEncode(key, "these bytes mark that there is no value", null);
    }
    if (compression.isPresent()
        && bytes.length > compressAbove
        && bytes.length <= Compression.MAX_SIZE) {
      byte[] compressed = compression.get().compress(bytes);
      if (compressed.length < bytes.length) {
        return CacheValue.wrap(compressed, compression.get().flags());
      }
    }
    return CacheValue.wrap(bytes, 0);
  }

  private byte[] bytes(CacheKey key, Object value) {
    if (value == null) {
      throw cannotEncode(key, "it is null; delete the key instead", null);
    }
    if (value instanceof byte[] bytes) {
      return bytes.clone();
    }
    if (value instanceof CharSequence text) {
      return utf8(key, text);
    }
    if (TextNumbers.isNumber(value.getClass()) || value instanceof Boolean) {
      return value.toString().getBytes(StandardCharsets.US_ASCII);
    }
    Codec used = codec.orElseThrow(
        () -> cannotEncode(key, needsCodec(value.getClass().getTypeName()), null));
    try {
      return used.encode(value);
    } catch (RuntimeException e) {
      throw cannotEncode(
          key,
          "the codec failed for %s: %s"
              .formatted(value.getClass().getTypeName(), e.getClass().getSimpleName()),
          e);
    }
  }

  private static String needsCodec(String type) {
    return type + " needs a codec; give the builder one, such as JacksonCodec of cache-jackson";
  }

  private static byte[] utf8(CacheKey key, CharSequence text) {
    try {
      return Utf8.encode(text);
    } catch (IllegalArgumentException e) {
      throw cannotEncode(key, e.getMessage(), e);
    }
  }

  private static IllegalArgumentException cannotEncode(
      CacheKey key, String reason, Throwable cause) {
    return new IllegalArgumentException(
        "the value for key '%s' cannot be stored: %s".formatted(key, reason), cause);
  }

  /**
   * The value as this type; empty if it stands for none.
   *
   * @param <T> what {@code type} stands for
   * @throws UnexpectedValue if it is not of this type
   */
  @SuppressWarnings("unchecked") // T is what the type stands for, which is checked below.
  <T> Optional<T> decode(CacheKey key, CacheValue value, Type type) {
    if (isNegative(value)) {
      return Optional.empty();
    }
    Class<?> wanted = rawClass(type);
    try {
      requireUnpacked(value, wanted);
      byte[] bytes = decompressed(value);
      Object decoded = decode(key, bytes, type, wanted);
      if (decoded != null && !wanted.isInstance(decoded)) {
        throw new IllegalArgumentException(
            "the codec gave " + decoded.getClass().getTypeName());
      }
      return Optional.ofNullable((T) decoded);
    } catch (IllegalArgumentException e) {
      throw new UnexpectedValue(
          key.toString(), "a value of type " + type.getTypeName(), e.getMessage(), e.getCause());
    }
  }

  /** The bytes of a packed number may look like the digits of another one. */
  private static void requireUnpacked(CacheValue value, Class<?> wanted) {
    boolean isPacked = value.flags() >= LEAST_PACKED && value.flags() <= MOST_PACKED;
    if (isPacked && wanted != byte[].class) {
      throw new IllegalArgumentException(
          "its flags %d say that a Java client packed a number, a boolean or a date"
              .formatted(value.flags()));
    }
  }

  private byte[] decompressed(CacheValue value) {
    if (value.flags() == 0) {
      return value.bytes();
    }
    if (compression.isPresent() && value.flags() == compression.get().flags()) {
      return compression.get().decompress(value.bytes());
    }
    // Read whatever this cache writes itself: another process may have another setting.
    return value.flags() == zlib.flags() ? zlib.decompress(value.bytes()) : value.bytes();
  }

  private Object decode(CacheKey key, byte[] bytes, Type type, Class<?> wanted) {
    if (wanted == byte[].class) {
      return bytes;
    }
    if (wanted == String.class || wanted == CharSequence.class) {
      return text(bytes);
    }
    if (wanted == Boolean.class) {
      return bool(text(bytes).stripTrailing());
    }
    if (TextNumbers.isNumber(wanted)) {
      return TextNumbers.parse(text(bytes), wanted);
    }
    Codec used = codec.orElseThrow(() -> new IllegalArgumentException(
        "the type of key '%s' cannot be read: %s".formatted(key, needsCodec(type.getTypeName()))));
    try {
      return used.decode(bytes, type);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("the codec cannot read it", e);
    }
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("its bytes are not UTF-8 text", e);
    }
  }

  private static Boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("it is neither true nor false");
    };
  }

  private static Class<?> rawClass(Type type) {
    Type raw = type instanceof ParameterizedType named ? named.getRawType() : type;
    return raw instanceof Class<?> wanted
        ? WRAPPERS.getOrDefault(wanted, wanted)
        // The codec alone knows the others, arrays of generic types.
        : Object.class;
  }
}
