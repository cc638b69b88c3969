package org.ocmcore.cache.adapter.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.ocmcore.cache.domain.port.DumpEntry;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.dataformat.csv.CsvFactory;

/** Parses CSV (RFC 4180) whose first line names the columns of {@link EntryFields}. */
final class CsvEntryParser implements ForeignParser {
  private static final CsvFactory CSV = CsvFactory.builder()
      .streamReadConstraints(
          StreamReadConstraints.builder().maxStringLength(DumpFormat.MAX_LINE).build())
      .build();

  private final LineInput in;
  private final Instant now;
  private final List<String> columns;

  /** Where the last row begins. */
  private long line = 1;

  CsvEntryParser(InputStream text, Instant now) throws IOException {
    this.in = new LineInput(text);
    this.now = now;
    columns = row(EntryFields.NAMES.size());
    requireColumns();
  }

  private void requireColumns() throws CorruptDumpException {
    if (columns == null
        || !columns.contains(EntryFields.KEY) && !columns.contains(EntryFields.KEY_BASE64)
        || !columns.contains(EntryFields.VALUE) && !columns.contains(EntryFields.VALUE_BASE64)) {
      throw ForeignParser.at(
          1, "it must name the columns, with key and value, such as \"key,value,ttl,flags\"");
    }
    for (String column : columns) {
      try {
        EntryFields.requireKnown(column);
      } catch (CorruptDumpException e) {
        throw ForeignParser.at(1, e.getMessage());
      }
    }
    if (new HashSet<>(columns).size() < columns.size()) {
      throw ForeignParser.at(1, "it names a column twice: remove one of them");
    }
  }

  @Override
  public DumpEntry next() throws IOException {
    List<String> row = row(columns.size());
    if (row == null) {
      return null;
    }
    if (row.size() < columns.size()) {
      throw ForeignParser.at(
          line,
          "it has %d fields, and line 1 names %d: add what is missing"
              .formatted(row.size(), columns.size()));
    }
    try {
      return entry(row);
    } catch (CorruptDumpException e) {
      throw ForeignParser.at(line, e.getMessage());
    }
  }

  /** An empty field is a field that is not given, and an empty value if there is no other. */
  private DumpEntry entry(List<String> row) throws CorruptDumpException {
    EntryFields fields = new EntryFields(now);
    for (int i = 0; i < row.size(); i++) {
      if (!row.get(i).isEmpty()) {
        fields.set(columns.get(i), row.get(i));
      }
    }
    if (!fields.hasValue()) {
      fields.setValue(new byte[0]);
    }
    return fields.entry();
  }

  /** The fields of the next row, or null at the end. */
  private List<String> row(int most) throws IOException {
    byte[] record = record();
    if (record == null) {
      return null;
    }
    try (JsonParser csv = CSV.createParser(ObjectReadContext.empty(), text(record))) {
      csv.nextToken();
      List<String> row = new ArrayList<>();
      while (csv.nextToken() != JsonToken.END_ARRAY) {
        if (row.size() == most) {
          throw ForeignParser.at(
              line, "it has more than %d fields: quote commas, remove the rest".formatted(most));
        }
        row.add(csv.getString());
      }
      if (csv.nextToken() != null) {
        throw ForeignParser.at(
            line,
            hasLoneCr(record)
                ? "a line end is a lone CR: convert them to LF or CR LF"
                : "it is no CSV: a quote stands inside a field without quotes: correct the quotes");
      }
      return row;
    } catch (CharacterCodingException e) {
      throw ForeignParser.at(line, "it is not UTF-8: use key_base64 and value_base64");
    } catch (JacksonException e) {
      throw ForeignParser.at(
          line, "it is no CSV: %s: correct the quotes".formatted(e.getOriginalMessage()));
    }
  }

  private static String text(byte[] record) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(record)).toString();
  }

  /** The next lines up to one that ends outside of quotes; null at the end. Skips empty lines. */
  private byte[] record() throws IOException {
    byte[] first;
    do {
      first = in.readWholeLine(DumpFormat.MAX_LINE);
      if (first == null) {
        return null;
      }
      line = in.line();
    } while (isEmpty(first));
    boolean open = quotes(first);
    if (!open) {
      return first;
    }
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.writeBytes(first);
    while (open) {
      byte[] next = in.readWholeLine(DumpFormat.MAX_LINE);
      if (next == null || record.size() + next.length > DumpFormat.MAX_LINE) {
        throw ForeignParser.at(line, "it is no CSV: a quote is never closed: correct the quotes");
      }
      record.writeBytes(next);
      open ^= quotes(next);
    }
    return record.toByteArray();
  }

  private static boolean isEmpty(byte[] line) {
    return line[0] == '\n' || line.length == 2 && line[0] == '\r';
  }

  /** Whether the number of quotes is odd. */
  private static boolean quotes(byte[] text) {
    boolean odd = false;
    for (byte character : text) {
      odd ^= character == '"';
    }
    return odd;
  }

  private static boolean hasLoneCr(byte[] text) {
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\r' && (i + 1 == text.length || text[i + 1] != '\n')) {
        return true;
      }
    }
    return false;
  }
}
