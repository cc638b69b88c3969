package org.ocmcore.cache.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.viewer.ViewTests.auto;
import static org.ocmcore.cache.viewer.ViewTests.path;
import static org.ocmcore.cache.viewer.ViewTests.view;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values as the real programs write them: PHP, Python, Ruby, Java, zstd and lz4. */
class RealWritersIT {
  private static final String PHP_VALUE = """
      namespace App;
      enum Suit { case Hearts; }
      class User {
        public $name = "Zoë"; protected $age = 42; private $mail = null;
        public $list = [1, -2.5, true, [], "k" => "a\\"b\\n", 300 => "\\xff"];
        public $self; public $suit = Suit::Hearts; public $big = -5000000000;
        public $name2 = "name"; public $again = "Zoë";
        function __construct() { $this->self = $this; }
      }
      $value = ["user" => new User(), "n" => -7, "m" => 70000, "empty" => ""];
      """;

  private static final String PHP_TREE = """
      array(4) {
        "user" => object App\\User {
          "name": "Zoë"
          "age" (protected): 42
          "mail" (private in App\\User): null
          "list": array(6) {
            0 => 1
            1 => -2.5
            2 => true
            3 => array(0) {}
            "k" => "a\\"b\\n"
            300 => b"\\xff"
          }
          "self": same object as #%s
          "suit": enum App\\Suit%s
          "big": -5000000000
          "name2": "name"
          "again": "Zoë"
        }
        "n" => -7
        "m" => 70000
        "empty" => ""
      }""";

  private static byte[] run(byte[] input, String... command) throws Exception {
    Process process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
      try (OutputStream in = process.getOutputStream()) {
        in.write(input);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    byte[] output = process.getInputStream().readAllBytes();
    writer.get();
    assertEquals(0, process.waitFor(), String.join(" ", command));
    return output;
  }

  private static byte[] php(String code) throws Exception {
    return run(new byte[0], "php", "-r", PHP_VALUE + code);
  }

  private static byte[] python(String code) throws Exception {
    return run(
        new byte[0],
        "/usr/bin/python3",
        "-c",
        "import sys; out = sys.stdout.buffer.write\n" + code);
  }

  private static byte[] ruby(String code) throws Exception {
    return run(new byte[0], "ruby", "-e", "$stdout.binmode\n" + code);
  }

  private static byte[] java(Object... values) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      for (Object value : values) {
        out.writeObject(value);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] sample() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 30_000; i++) {
      text.append("line ").append(i * 7919 % 10_007).append(i % 50 == 0 ? "\n" : " and so on, ");
    }
    return ViewTests.utf8(text.toString());
  }

  @Test
  void phpSerialize() throws Exception {
    ValueView view = auto(php("echo serialize($value);"), 4);
    assertEquals("php-memcached (flags 4: serialized) -> php", path(view));
    assertEquals(PHP_TREE.formatted("2", ":Hearts"), view.content());
    assertEquals("php", path(auto(php("echo serialize($value);"), 0)));
  }

  @Test
  void igbinary() throws Exception {
    ValueView view = auto(php("echo igbinary_serialize($value);"), 0);
    assertEquals("igbinary", path(view));
    assertEquals(PHP_TREE.formatted("1", " \"Hearts\""), view.content());
  }

  @Test
  void messagePackOfPhp() throws Exception {
    ValueView view = auto(php("unset($value['user']); echo msgpack_serialize($value);"), 0);
    assertEquals("msgpack", path(view));
    assertEquals("{\n  \"n\": -7\n  \"m\": 70000\n  \"empty\": \"\"\n}", view.content());
  }

  @Test
  void messagePackOfPython() throws Exception {
    byte[] value = python("""
        import msgpack
        out(msgpack.packb([2**64-1, -2**63, -1, -33, -129, -32769, 128, 70000, 1.5, None, True, False, b'x\\xff',
          'é', 'a' * 40, {1: {}}, msgpack.ExtType(5, b'ab'), msgpack.Timestamp(0, 5), msgpack.Timestamp(-1, 0), list(range(3))]))
        """);
    ValueView view = auto(value, 0);
    assertEquals("msgpack", path(view));
    List<String> shown = view.content().lines().map(String::strip).toList();
    assertEquals(
        List.of(
            "[",
            "18446744073709551615",
            "-9223372036854775808",
            "-1",
            "-33",
            "-129",
            "-32769",
            "128",
            "70000",
            "1.5",
            "nil",
            "true",
            "false",
            "binary(2) b\"x\\xff\"",
            "\"é\"",
            "\"" + "a".repeat(40) + "\"",
            "{",
            "1: {}",
            "}",
            "extension 5 binary(2) \"ab\"",
            "timestamp 1970-01-01T00:00:00.000000005Z",
            "timestamp 1969-12-31T23:59:59Z",
            "[",
            "0",
            "1",
            "2",
            "]",
            "]"),
        shown);
  }

  @Test
  void rubyMarshal() throws Exception {
    ValueView view = auto(ruby("""
            class User; def initialize; @name = "Zoë"; @sym = :sym; @again = :sym; @me = self; end; end
            class Own; def marshal_dump; [1]; end; end
            class Str < String; end
            S = Struct.new(:x)
            print Marshal.dump([User.new, Own.new, S.new(1.5), Str.new("a"), {1=>2}, Hash.new(7),
              [-1, 0, 122, 123, 255, 256, -123, -124, -256, -257, 1 << 29, 1 << 100, -(1 << 70)], nil, true,
              /a.b/i, String, Kernel, "bin\\xff".b, "latin".encode("ISO-8859-1"), "é".to_sym, Float::INFINITY])
            """), 1);
    assertEquals("dalli (flags 1: ruby) -> ruby", path(view));
    String integers =
        "-1, 0, 122, 123, 255, 256, -123, -124, -256, -257, 536870912, 1267650600228229401496703205376, -1180591620717411303424";
    assertEquals("""
        [
          object User {
            @name = "Zoë"
            @sym = :"sym"
            @again = :"sym"
            @me = same object as #1
          }
          object Own dumped by itself [
            1
          ]
          struct S {
            x = float 1.5
          }
          of class Str "a"
          {
            1 => 2
          }
          {} default 7
          [
            %s
          ]
          nil
          true
          regexp "a.b" options 1
          class String
          module Kernel
          b"bin\\xff"
          "latin" with encoding "ISO-8859-1"
          :"é"
          float inf
        ]""".formatted(integers.replace(", ", "\n    ")), view.content());
  }

  @Test
  void javaStream() throws Exception {
    List<Object> list =
        new ArrayList<>(List.of("text", "text", DayOfWeek.FRIDAY, 7, new int[] {1, 2}));
    list.addAll(List.of(
        "x\0😀", BigInteger.TEN, String.class, new TreeMap<>(Map.of("k", new byte[] {1, 65}))));
    list.add(list);
    ValueView view = auto(java(list, 2.5), 1);
    assertEquals("spymemcached (flags 1: java) -> java", path(view));
    assertEquals("""
        object java.util.ArrayList #1 {
          size = 10
          data "\\u0000\\u0000\\u0000\\n"
          "text"
          "text"
          enum java.time.DayOfWeek "FRIDAY"
          object java.lang.Integer #9 {
            value = 7
          }
          array [I(2) #11 [
            1
            2
          ]
          "x\\u0000😀"
          object java.math.BigInteger #15 {
            bitCount = -1
            bitLength = -1
            firstNonzeroByteNum = -2
            lowestSetBit = -2
            signum = 1
            magnitude = array [B(1) #17 "\\n"
          }
          class java.lang.String
          object java.util.TreeMap #22 {
            comparator = null
            data "\\u0000\\u0000\\u0000\\u0001"
            "k"
            array [B(2) #24 "\\u0001A"
          }
          same object as #1
        }
        object java.lang.Double #26 {
          value = 2.5
        }""", view.content());
  }

  /** Against the list of Python's own {@code pickletools}. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void pickle(int protocol) throws Exception {
    String make = """
        import pickle, pickletools, datetime
        value = pickle.dumps({'a': [1, -1, 300, 70000, 2**70, 1.5, None, True, b'x\\xff', 'é', (1,), (), {2},
          datetime.date(2020, 1, 1)], 'b': 'a' * 300, 'c': bytearray(b'y')}, %d)
        """.formatted(protocol);
    ValueView view = auto(python(make + "out(value)"), 1);
    assertEquals("pymemcache (flags 1: pickle) -> pickle", path(view));
    byte[] list = python(
        make
            + "out('\\n'.join('%5d: %s' % (at, code.name) for code, arg, at in pickletools.genops(value)).encode())");
    assertEquals(
        new String(list, StandardCharsets.UTF_8),
        view.content()
            .lines()
            .map(line -> line.replaceAll("(?<=^.{7}\\w{1,99}) .*", ""))
            .collect(Collectors.joining("\n")));
    assertTrue(view.content().contains(protocol < 1 ? "INT \"70000\"" : "BININT 70000"));
  }

  @Test
  void compressors() throws Exception {
    byte[] sample = sample();
    Map<String, byte[]> values = new TreeMap<>();
    values.put("zstd -c", run(sample, "zstd", "-c"));
    values.put("zstd -19", run(sample, "zstd", "-19", "-c"));
    values.put("lz4 default", run(sample, "lz4", "-q", "-c"));
    values.put("lz4 linked blocks", run(sample, "lz4", "-q", "-9", "-B4", "-BD", "-BX", "-c"));
    values.put(
        "lz4 size", run(sample, "lz4", "-q", "-B5", "--content-size", "--no-frame-crc", "-c"));
    values.put(
        "zlib",
        run(
            sample,
            "/usr/bin/python3",
            "-c",
            "import sys, zlib\nsys.stdout.buffer.write(zlib.compress(sys.stdin.buffer.read()))"));
    values.put(
        "gzip",
        run(
            sample,
            "/usr/bin/python3",
            "-c",
            "import sys, gzip\nsys.stdout.buffer.write(gzip.compress(sys.stdin.buffer.read()))"));
    values.forEach((writer, value) -> {
      ValueView view = auto(value, 0);
      String decoder = writer.split(" ")[0];
      assertEquals(decoder, view.steps().get(0).decoder(), writer);
      assertEquals(sample.length, view.steps().get(0).bytes(), writer);
      assertEquals(
          new String(sample, 0, ViewWindow.MAX_LIMIT, StandardCharsets.US_ASCII),
          view.content(),
          writer);
    });
    byte[] two = Arrays.copyOf(values.get("lz4 default"), 2 * values.get("lz4 default").length);
    System.arraycopy(values.get("lz4 default"), 0, two, two.length / 2, two.length / 2);
    assertEquals(2 * sample.length, view(two, "lz4").steps().get(0).bytes());
    two[two.length - 20] ^= 4;
    assertTrue(ViewTests.refusal(two, "lz4").startsWith("lz4: "));
  }
}
