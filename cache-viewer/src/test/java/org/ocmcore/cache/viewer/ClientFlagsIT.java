package org.ocmcore.cache.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.viewer.ViewTests.auto;
import static org.ocmcore.cache.viewer.ViewTests.path;
import static org.ocmcore.cache.viewer.ViewTests.view;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values as the real clients store them in a real memcached, with their flags. */
class ClientFlagsIT {
  private static final String JSON = "[" + "\"some text\",".repeat(300) + "1]";

  private record Item(byte[] value, long flags) {}

  private int port;
  private Process memcached;

  @BeforeEach
  void startMemcached() throws Exception {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    try (ServerSocket free = new ServerSocket(0, 1, loopback)) {
      port = free.getLocalPort();
    }
    memcached = new ProcessBuilder(
            "memcached", "-u", "nobody", "-l", "127.0.0.1", "-p", port + "", "-U", "0")
        .inheritIO()
        .start();
    for (boolean isUp = false; !isUp; ) {
      assertTrue(memcached.isAlive());
      try (Socket socket = new Socket(loopback, port)) {
        isUp = socket.isConnected();
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  @AfterEach
  void stopMemcached() throws InterruptedException {
    memcached.destroyForcibly().waitFor();
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertEquals(0, process.waitFor(), String.join(" ", command));
  }

  private Item item(String key) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write(("get " + key + "\r\n").getBytes(StandardCharsets.US_ASCII));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      StringBuilder line = new StringBuilder();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        line.append((char) next);
      }
      String[] words = line.toString().strip().split(" ");
      assertEquals("VALUE", words[0], key);
      return new Item(in.readNBytes(Integer.parseInt(words[3])), Long.parseLong(words[2]));
    }
  }

  private void assertPath(String path, String key) throws IOException {
    Item item = item(key);
    ValueView view = auto(item.value(), item.flags());
    assertEquals(path, path(view), key + " " + view.notes());
  }

  @Test
  void phpMemcached() throws Exception {
    run("php", "-r", """
        $m = new Memcached(); $m->addServer("127.0.0.1", %d);
        $json = '%s'; $list = array_map(fn($i) => "some text number $i", range(1, 500));
        foreach (["zlib" => Memcached::COMPRESSION_ZLIB, "fastlz" => Memcached::COMPRESSION_FASTLZ] as $name => $type) {
          $m->setOption(Memcached::OPT_COMPRESSION_TYPE, $type);
          $m->set("$name-text", $json);
          $m->set("$name-long", implode(" ", range(1, 50000)));
          foreach (["php", "igbinary", "json", "msgpack"] as $form) {
            $m->setOption(Memcached::OPT_SERIALIZER, constant("Memcached::SERIALIZER_" . strtoupper($form)));
            $m->set("$name-$form", $list); $m->set("$form", [1, "a"]);
          }
        }
        $m->set("int", 42); $m->set("double", 1.5); $m->set("bool", true); $m->set("text", "text");
        """.formatted(port, JSON));
    for (String compression : new String[] {"zlib", "fastlz"}) {
      int bits = compression.equals("zlib") ? 0x30 : 0x50;
      String form = compression + " (flags %d, php-memcached: %s) -> %s";
      assertPath(form.formatted(bits, "string", "json"), compression + "-text");
      assertPath(form.formatted(bits, "string", "text"), compression + "-long");
      assertPath(form.formatted(bits + 4, "serialized", "php"), compression + "-php");
      assertPath(form.formatted(bits + 5, "igbinary", "igbinary"), compression + "-igbinary");
      assertPath(form.formatted(bits + 6, "json", "json"), compression + "-json");
      assertPath(form.formatted(bits + 7, "msgpack", "msgpack"), compression + "-msgpack");
      Item item = item(compression + "-long");
      assertTrue(
          view(item.value(), item.flags(), "php-memcached,text").content().startsWith("1 2 3 4"));
    }
    assertPath("php-memcached (flags 4: serialized) -> php", "php");
    assertPath("php-memcached (flags 5: igbinary) -> igbinary", "igbinary");
    assertPath("php-memcached (flags 6: json) -> json", "json");
    assertPath("php-memcached (flags 7: msgpack) -> msgpack", "msgpack");
    assertPath("php-memcached (flags 1: long) -> integer", "int");
    assertPath("php-memcached (flags 2: double) -> text", "double");
    assertPath("text", "text");
  }

  @Test
  void pythonClients() throws Exception {
    run("/usr/bin/python3", "-c", """
        import pylibmc
        from pymemcache.client.base import Client
        from pymemcache import serde
        m = Client(("127.0.0.1", %1$d), serde=serde.pickle_serde)
        json = '%2$s'
        m.set("m-text", json); m.set("m-list", list(range(1000))); m.set("m-small", (1, 2)); m.set("m-int", 7)
        p = pylibmc.Client(["127.0.0.1:%1$d"])
        p.set("p-text", json, min_compress_len=50); p.set("p-list", [1] * 100, min_compress_len=50)
        p.set("p-int", 7); p.set("p-small", [1])
        """.formatted(port, JSON));
    assertPath("pymemcache (flags 16: text) -> json", "m-text");
    assertPath("pymemcache (flags 1: pickle) -> pickle", "m-list");
    assertPath("pymemcache (flags 1: pickle) -> pickle", "m-small");
    assertPath("pymemcache (flags 2: integer) -> integer", "m-int");
    assertPath("zlib (flags 24, pymemcache) -> json", "p-text");
    assertPath("zlib (flags 9, pymemcache) -> pickle", "p-list");
    assertPath("pymemcache (flags 1: pickle) -> pickle", "p-small");
    Item item = item("p-int");
    assertEquals(
        ValueFormat.INTEGER, view(item.value(), item.flags(), "pylibmc").format());
  }

  @Test
  void dalli() throws Exception {
    run("ruby", "-e", """
        require "dalli"
        d = Dalli::Client.new("127.0.0.1:%d", compress: true, compression_min_size: 50)
        d.set("list", [1, :a]); d.set("long", [1] * 1000)
        d.set("text", '%s', 0, raw: true)
        """.formatted(port, JSON));
    assertPath("dalli (flags 1: ruby) -> ruby", "list");
    assertPath("zlib (flags 3, dalli) -> ruby", "long");
    Item text = item("text");
    assertEquals(ValueFormat.JSON, auto(text.value(), text.flags()).format());
  }
}
