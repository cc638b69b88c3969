package org.ocmcore.cache.viewer;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All decoders and renderers, in the order in which {@code auto} tries them. */
final class Decoders {
  /** The one of raw deflate never applies by itself. */
  static final List<ByteDecoder> BYTES = List.of(
      new GzipDecoder(),
      new ZstdDecoder(),
      new Lz4Decoder(),
      DeflateDecoder.ZLIB,
      DeflateDecoder.RAW,
      new Base64Decoder());

  static final List<ClientFlags> FLAGS = List.of(
      new PhpMemcachedFlags(),
      new SpymemcachedFlags(),
      new PythonFlags("pymemcache"),
      new PythonFlags("pylibmc"),
      new DalliFlags());

  /** Formats with a mark come first, hexadecimal last. */
  static final List<ValueRenderer> RENDERERS = List.of(
      new IntegerRenderer(),
      new TimeRenderer(),
      new JsonRenderer(),
      new PhpRenderer(),
      new JavaStreamRenderer(),
      new IgbinaryRenderer(),
      new RubyMarshalRenderer(),
      new PickleRenderer(),
      new TextRenderer(),
      new MessagePackRenderer(),
      new HexRenderer());

  private Decoders() {}

  static Optional<ByteDecoder> bytes(String name) {
    return BYTES.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  static Optional<ClientFlags> flags(String name) {
    return FLAGS.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  static Optional<ValueRenderer> renderer(String name) {
    return RENDERERS.stream().filter(each -> each.format().text().equals(name)).findFirst();
  }

  static ValueRenderer renderer(ValueFormat format) {
    return renderer(format.text()).orElseThrow();
  }

  static boolean isFormat(String name) {
    return renderer(name).isPresent();
  }

  static boolean isKnown(String name) {
    return names().contains(name);
  }

  /** In the order of this class. */
  static List<String> names() {
    return Stream.of(
            BYTES.stream().map(ByteDecoder::name),
            FLAGS.stream().map(ClientFlags::name),
            Arrays.stream(ValueFormat.values()).map(ValueFormat::text))
        .flatMap(each -> each)
        .toList();
  }
}
