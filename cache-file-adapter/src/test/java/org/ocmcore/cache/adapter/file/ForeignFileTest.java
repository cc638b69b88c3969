package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.port.DumpSource;

class ForeignFileTest extends ForeignFileFixture {
  @Test
  void memcachedToolOutputIsRead() {
    assertEquals(
        List.of(
            entry("a", "add b 0 0 1\r\n", 7, Expiry.NEVER),
            entry("b", "", 0, new Expiry(1_800_000_000)),
            entry("c", "x", 0, in(60))),
        entries(
            FileFormat.MEMCACHED_TOOL,
            "add a 7 0 13\r\nadd b 0 0 1\r\n\r\nadd b 0 1800000000 0\r\n\r\nset c 0 60 1\r\nx\r\n"));
  }

  @Test
  void csvIsRead() {
    assertEquals(
        List.of(
            entry("a", "x,\"y\"\r\nz", 7, in(60)),
            entry("b", "", 0, Expiry.NEVER),
            entry("ü", " v ", 0, Expiry.NEVER)),
        entries(
            FileFormat.CSV,
            "\ufeffkey,value,ttl,flags\r\na,\"x,\"\"y\"\"\r\nz\",60,7\r\nb,,-1,\r\n\r\nü, v ,,0\r\n"));
    assertEquals(
        List.of(entry("a", "hi", 0, Expiry.NEVER), entry("b", "t", 0, Expiry.NEVER)),
        entries(FileFormat.CSV, "\"value_base64\",\"key_base64\",key,value\naGk=,YQ==,,\n,,b,t"));
  }

  @Test
  void ndjsonIsRead() {
    assertEquals(
        List.of(
            entry("a", "té", 7, in(60)),
            entry("b", "{\"base64\":1,\"n\":[1.50,null]}", 0, Expiry.NEVER),
            entry("c", "hi", 0, Expiry.NEVER),
            entry("d", "null", 0, Expiry.NEVER),
            entry("e", "hi", 4294967295L, Expiry.NEVER)),
        entries(FileFormat.NDJSON, """
            {"key": "a", "value": "té", "ttl": 60, "flags": 7}
            {"key":"b","value":{"base64": 1, "n": [1.50, null]},"ttl":-1}

            {"key_base64":"Yw==","value":{"base64":"aGk="},"ttl":null}
            {"value":null,"key":"d"}
            {"key":"e","value_base64":"aGk=","flags":4294967295}
            """));
  }

  @Test
  void keysAndValuesMayBeAnyBytes() {
    CacheKey key = CacheKey.ofBytes(new byte[] {(byte) 0xff, 1});
    byte[] value = {0, (byte) 0xfe, '\n'};
    byte[] tool =
        "add \u00ff\u0001 0 0 3\r\n\u0000\u00fe\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    String csv = "key_base64,value_base64\n/wE=,AP4K\n";
    String json = "{\"key_base64\":\"/wE=\",\"value_base64\":\"AP4K\"}";
    for (var entries : List.of(
        entries(FileFormat.MEMCACHED_TOOL, tool),
        entries(FileFormat.CSV, csv),
        entries(FileFormat.NDJSON, json))) {
      assertEquals(1, entries.size());
      assertEquals(key, entries.get(0).key());
      assertEquals(CacheValue.of(value, 0), entries.get(0).value());
    }
  }

  @Test
  void compressedFilesAreRead() throws IOException {
    byte[] csv = "key,value\na,b\n".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(csv);
    }
    assertEquals(1, entries(FileFormat.CSV, zipped.toByteArray()).size());
    assertEquals(1, entries(FileFormat.CSV, Zstd.compress(csv)).size());
    for (byte[] whole : List.of(zipped.toByteArray(), Zstd.compress(csv))) {
      byte[] cut = Arrays.copyOf(whole, whole.length - 3);
      DumpSource damaged = FileFormat.CSV.source(write(cut), NOW);
      DumpUnusable failure = assertThrows(DumpUnusable.class, () -> damaged.describe("file"));
      assertTrue(failure.getMessage().contains("compression is damaged"), failure.getMessage());
    }
  }

  @Test
  void aProblemNamesTheLineAndTheRemedy() {
    FileFormat tool = FileFormat.MEMCACHED_TOOL;
    expectProblem(tool, "add a 0 0 2\r\nxy\r\nEND\r\n", "line 3: it is not \"add KEY");
    expectProblem(tool, "add a x 0 1\r\nx\r\n", "line 1: FLAGS is \"x\"");
    expectProblem(tool, "add a 0 -1 1\r\nx\r\n", "line 1: EXPTIME is \"-1\"");
    expectProblem(tool, "add a 0 0 99999999999\r\nx\r\n", "BYTES is \"99999999999\": it must be");
    expectProblem(tool, "add a 0 0 33554432\r\nx\r\n", "the file ends after 3: it is cut off");
    expectProblem(tool, "add a 0 0 1\r\nxyz\r\n", "no line ends there");
    expectProblem(tool, "add " + "k".repeat(2_000) + " 0 0 1\r\nx\r\n", "more than 1,024 bytes");
    FileFormat csv = FileFormat.CSV;
    expectProblem(csv, "", "line 1: it must name the columns");
    expectProblem(csv, "key;value\na;b\n", "line 1: it must name the columns");
    expectProblem(csv, "key,value,exp\n", "line 1: \"exp\" is none of key, key_base64");
    expectProblem(csv, "key,value,key\n", "names a column twice");
    expectProblem(csv, "key,value,ttl\na,\"b\nb\",1\nc,d,0\n", "line 4: ttl is \"0\": it must be");
    expectProblem(csv, "key,value\r\na,\"\r\n\r\nb\"\r\n\r\nb,c\r\nc\r\n", "line 7: it has 1");
    expectProblem(csv, "key,value\na\n", "line 2: it has 1 fields, and line 1 names 2");
    expectProblem(csv, "key,value\na,b,c\n", "line 2: it has more than 2 fields");
    expectProblem(csv, "key,value\na b,c\n", "line 2: key is \"a b\"");
    expectProblem(csv, "key,value\n,c\n", "line 2: it has no key");
    expectProblem(csv, "key,key_base64,value\na,YQ==,c\n", "line 2: it has two keys");
    expectProblem(csv, "key,value_base64\na,!\n", "line 2: value_base64 is \"!\"");
    expectProblem(csv, "key,value\na,\"b\nc,d\n", "line 2: it is no CSV: a quote is never closed");
    expectProblem(csv, "key,value\ra,b\r", "line 1: a line end is a lone CR");
    expectProblem(
        csv, "key,value\na,b\"c\nd,e\"f\n", "line 2: it is no CSV: a quote stands inside");
    FileFormat json = FileFormat.NDJSON;
    expectProblem(json, "{\"key\":\"a\",\"value\":1}\n[]\n", "line 2: it is no JSON object");
    expectProblem(
        json,
        "{\"key\":\"a\",\"value\":1\n",
        "line 1: it is no JSON: it ends too early: correct it");
    expectProblem(json, "{\"key\":\"a\"}", "line 1: it has no value");
    expectProblem(json, "{\"key\":\"a\",\"value\":1,\"exp\":3}", "\"exp\" is none of");
    expectProblem(
        json, "{\"key\":\"a\",\"value\":1,\"ttl\":1.5}", "ttl is no text and no whole number");
    expectProblem(json, "{\"key\":\"a\",\"value\":1} {}", "more follows its object");
    expectProblem(json, "{\"key\":\"a\",\"key\":\"b\",\"value\":1}", "line 1: it is no JSON");
    expectProblem(json, "{\"key\":\"\\ud800\",\"value\":1}", "line 1: key is");
  }

  @Test
  void textThatIsNotUtf8IsRefused() {
    byte[] csv = "key,value\na,\u00ff\n".getBytes(StandardCharsets.ISO_8859_1);
    DumpSource source = FileFormat.CSV.source(write(csv), NOW);
    DumpUnusable failure = assertThrows(DumpUnusable.class, () -> source.describe("file"));
    assertTrue(failure.getMessage().contains("use key_base64 and value_base64"));
  }

  @Test
  void aFileThatChangesWhileItIsReadIsRefused() {
    Path file = write(("key,value\n" + "a,b\n".repeat(100_000)).getBytes(StandardCharsets.UTF_8));
    DumpSource source = FileFormat.CSV.source(file, NOW);
    try (DumpReader reader = source.open("file")) {
      write(("key,value\n" + "a,c\n".repeat(100_000)).getBytes(StandardCharsets.UTF_8));
      DumpUnusable failure = assertThrows(DumpUnusable.class, () -> {
        while (reader.next() != null) {
          // Until the end.
        }
      });
      assertTrue(failure.getMessage().contains("it was changed while it was read"));
    }
  }

  @Test
  void aDumpWithoutItsFirstLineIsStillADump() throws IOException {
    for (String line : List.of(
        "{\"key\":\"a\",\"value\":\"b\",\"flags\":0,\"expires_at\":null,\"size\":1}\n",
        "{\"keys\":[\"a\"]}",
        "[\"a\"]",
        "",
        "text")) {
      assertEquals(
          FileFormat.CACHE, FileFormat.detect(write(line.getBytes(StandardCharsets.UTF_8))), line);
    }
  }

  @Test
  void theFormatOfAFileThatIsCutOffIsRecognised() throws IOException {
    byte[] csv = "key,value\na,b\n".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(csv);
    }
    Path file = write(Arrays.copyOf(zipped.toByteArray(), zipped.size() - 6));
    assertEquals(FileFormat.CSV, FileFormat.detect(file));
  }
}
