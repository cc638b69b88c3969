package org.ocmcore.cache.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.viewer.ViewTests.auto;
import static org.ocmcore.cache.viewer.ViewTests.hex;
import static org.ocmcore.cache.viewer.ViewTests.latin;
import static org.ocmcore.cache.viewer.ViewTests.refusal;
import static org.ocmcore.cache.viewer.ViewTests.view;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class MaliciousValuesTest {
  private static final int MANY = 100_000;

  private static byte[] repeated(String hex, int times) {
    return hex(hex.repeat(times));
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  @Test
  void bombsStopEarly() throws IOException {
    byte[] zeros = new byte[70 << 20];
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(zeros);
    }
    byte[] zstd = Zstd.compress(zeros);
    assertTrue(refusal(gzip.toByteArray(), "gzip").contains("more than a view may hold"));
    assertTrue(refusal(zstd, "zstd").contains("more than a view may hold"));
    assertEquals(ValueFormat.HEX, auto(zstd, 0).format());
    assertFalse(auto(zstd, 0).notes().isEmpty());
  }

  @Test
  void manyEmptyMembersAreRead() throws IOException {
    ByteArrayOutputStream member = new ByteArrayOutputStream();
    new GZIPOutputStream(member).close();
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    for (int i = 0; i < MANY; i++) {
      member.writeTo(members);
    }
    assertEquals("", auto(members.toByteArray(), 0).content());
    byte[] frame = Zstd.compress(new byte[0]);
    byte[] frames = new byte[MANY * frame.length];
    for (int i = 0; i < MANY; i++) {
      System.arraycopy(frame, 0, frames, i * frame.length, frame.length);
    }
    assertEquals("", view(frames, "zstd,text").content());
  }

  @Test
  void aShortRepetitionIsNoBomb() {
    byte[] zstd = Zstd.compress("x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII));
    assertTrue(zstd.length < 1000);
    assertEquals(1 << 20, view(zstd, "zstd").length());
  }

  @Test
  void lz4BombsStopEarly() {
    byte[] block = join(hex("1f 41 0100"), repeated("ff", 80_000), hex("00 50 4242424242"));
    byte[] header = hex("6040");
    int check = XxHash32.of(header) >> 8 & 0xff;
    byte[] frame = join(
        hex("04224d18"),
        header,
        new byte[] {(byte) check},
        java.nio.ByteBuffer.allocate(4)
            .order(java.nio.ByteOrder.LITTLE_ENDIAN)
            .putInt(block.length)
            .array(),
        block,
        new byte[4]);
    assertEquals(20_400_000 + 25, view(frame, "lz4").steps().get(0).bytes());
    ValueView many = auto(join(frame, frame, frame, frame), 0);
    assertTrue(many.notes().get(0).contains("more than a view may hold"), many.notes() + "");
  }

  @Test
  void deepNestingIsRefused() {
    Map<String, byte[]> values = Map.of(
        "json", latin("[".repeat(MANY)),
        "php", latin("a:1:{i:0;".repeat(MANY)),
        "msgpack", repeated("91", MANY),
        "igbinary", join(hex("00000002"), repeated("14010600", MANY)),
        "ruby", join(hex("0408"), repeated("5b06", MANY)),
        "java", join(hex("aced0005"), repeated("7b", MANY)));
    values.forEach((format, value) -> {
      assertTrue(refusal(value, format).contains("nested in more than 100 levels"), format);
      assertFalse(auto(value, 0).content().isEmpty());
    });
    byte[] parents =
        join(hex("aced0005 73"), repeated("72 0001 41 0000000000000000 02 0000 78", MANY));
    assertTrue(refusal(parents, "java").contains("nested in more than 100 levels"));
    byte[] pickle = join(hex("8004"), repeated("28", MANY), hex("2e"));
    assertEquals(ValueFormat.PICKLE, auto(pickle, 0).format());
    byte[] variables = join(hex("0408"), repeated("49", MANY));
    assertTrue(refusal(variables, "ruby").contains("nested in more than 100 levels"));
    assertTrue(refusal(join(hex("00000002"), repeated("25", MANY)), "igbinary").contains("nested"));
    byte[] symbols = join(hex("04086f"), repeated("493a066106", MANY));
    assertTrue(refusal(symbols, "ruby").contains("nested in more than 100 levels"));
  }

  @Test
  void falseLengthsAreRefused() {
    Map<String, List<byte[]>> values = Map.of(
        "php",
            List.of(
                latin("a:2147483648:{}"),
                latin("s:9999999999:\"x\";"),
                latin("O:2147483647:\"A\":1:{}"),
                latin("S:2147483647:\"A\";"),
                latin("a:2000000000:{i:0;i:1;}")),
        "msgpack",
            List.of(hex("ddffffffff"), hex("dfffffffff"), hex("c6ffffffff"), hex("c9ffffffff01")),
        "igbinary",
            List.of(
                hex("0000000216ffffffff"),
                hex("0000000213ffffffff"),
                hex("00000002 26ffffffffffffffff")),
        "pickle",
            List.of(
                hex("80048effffffffffffffff2e"),
                hex("80048bffffffff2e"),
                hex("800458ffffffff2e"),
                hex("80048dffffffffffffff7f2e")),
        "java",
            List.of(
                hex("aced0005 7cffffffffffffffff"),
                hex("aced0005 7affffffff"),
                hex("aced0005 7d7fffffff"),
                hex("aced0005 75 72 0002 5b49 0000000000000000 02 0000 7870 7fffffff")),
        "ruby",
            List.of(
                hex("0408 5b04ffffff7f"),
                hex("0408 2204ffffff7f"),
                hex("0408 22fc00000080"),
                hex("0408 6c2b04ffffff7f")));
    values.forEach((format, list) -> list.forEach(value -> {
      assertTrue(refusal(value, format).matches(format + ": .* at byte [0-9]+"), format);
      assertFalse(auto(value, 0).content().isEmpty());
    }));
    assertTrue(refusal(hex("04224d18 6040 82 ffffff7f"), "lz4").contains("a length of"));
    assertTrue(refusal(hex("04224d18 6040 83 ffffff7f"), "lz4").contains("checksum of the header"));
  }

  @Test
  void aClassMayNotBeItsOwnParent() {
    byte[] value = hex("aced0005 73 72 0001 41 0000000000000000 02 0000 78 71 007e0000");
    assertTrue(refusal(value, "java").contains("superclasses"));
  }

  @Test
  void referencesDoNotMultiplyTheText() {
    byte[] text = join(hex("aced0005 74 ffff"), repeated("41", 65535));
    ValueView view = view(join(text, repeated("71007e0000", MANY)), "java");
    assertTrue(view.truncated());
    // A slow machine is stopped by the time.
    assertTrue(view.length() <= ViewLimits.DEFAULT.output());
    assertTrue(view.notes().get(0).startsWith("java: "));
  }

  @Test
  void hugeIntegersTakeNoTime() {
    byte[] pickle = join(hex("80048b 40420f00"), repeated("7f", 1_000_000), hex("2e"));
    assertTrue(view(pickle, "pickle").content().contains("little endian 7f7f"));
    byte[] ruby = join(hex("0408 6c2b 0320a107"), repeated("7f", 1_000_000));
    assertTrue(view(ruby, "ruby").content().startsWith("little endian 7f7f"));
  }

  @Test
  void everyPrefixOfAValueIsRefusedOrShown() {
    for (byte[] value : List.of(
        latin("O:1:\"A\":2:{s:1:\"a\";a:1:{i:0;d:1.5;}s:4:\"\0A\0b\";r:1;}"),
        hex("0408 5b09 6906 5b00 7b00 4922 0663 063a 0645 54"),
        hex("82 a161 93 01 c3 cb3ff0000000000000 a162 c0"))) {
      for (int i = 0; i <= value.length; i++) {
        byte[] prefix = java.util.Arrays.copyOf(value, i);
        auto(prefix, 0);
        for (String chain : Decoders.names()) {
          try {
            view(prefix, chain);
          } catch (DecodingException refused) {
            assertTrue(refused.getMessage().startsWith(refused.decoder() + ": "));
          }
        }
      }
    }
  }
}
