package org.ocmcore.cache.adapter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RowPrintersTest {
  private static final List<Column<Item>> COLUMNS = List.of(
      Column.key("name", "name", Item::name),
      Column.bytes("size_bytes", "size", item -> OptionalLong.of(item.bytes())),
      Column.ttl("ttl_seconds", "ttl", Item::ttl));

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private record Item(String name, long bytes, OptionalLong ttl) {}

  private String printed(RowPrinter<Item> printer, Item... items) {
    try (printer) {
      for (Item item : items) {
        printer.print(item);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static final Item SMALL = new Item("a", 5, OptionalLong.of(90));
  private static final Item LARGE = new Item("b,\"c\"\n\u001b", 2_048, OptionalLong.empty());

  @Test
  void tablesAreAlignedAndEscaped() {
    assertEquals(
        """
        name              size     ttl
        a                  5 B  1m 30s
        b,"c"\\x0a\\x1b  2.0 KiB   never
        """, printed(new TablePrinter<>(COLUMNS, false, item -> false, out), SMALL, LARGE));
  }

  @Test
  void exactTablesHaveWholeNumbers() {
    assertEquals("""
        name           size    ttl
        a                 5     90
        b,"c"\\x0a\\x1b  2048  never
        """, printed(new TablePrinter<>(COLUMNS, true, item -> false, out), SMALL, LARGE));
  }

  @Test
  void aTableWithoutRowsIsEmpty() {
    assertEquals("", printed(new TablePrinter<>(COLUMNS, false, item -> false, out)));
  }

  @Test
  void csvIsQuotedWhereNeeded() {
    assertEquals(
        "name,size_bytes,ttl_seconds\na,5,90\n\"b,\"\"c\"\"\\x0a\\x1b\",2048,\n",
        printed(new CsvPrinter<>(COLUMNS, out), SMALL, LARGE));
  }

  @Test
  void csvIsQuotedForOtherSeparatorsToo() {
    List<Column<String>> plain = List.of(Column.text("name", "name", text -> text));
    try (RowPrinter<String> printer = new CsvPrinter<>(plain, out)) {
      printer.print("a;=1+1");
      printer.print("a\t=1+1");
    }
    assertEquals("name\n\"a;=1+1\"\n\"a\t=1+1\"\n", bytes.toString(StandardCharsets.UTF_8));
  }

  @Test
  void eachLineIsAJsonObject() {
    assertEquals("""
        {"name":"a","bytes":5,"ttl":90}
        {"name":"b,\\"c\\"\\n\\u001B","bytes":2048,"ttl":null}
        """, printed(new JsonLinesPrinter<>(out), SMALL, LARGE));
  }
}
