package org.ocmcore.cache.adapter.file;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.ocmcore.cache.domain.port.AuditEntry;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * A line of an audit log without its end: a JSON object in ASCII. Its last field is the SHA-256 of
 * all bytes before that field; the field before is that of the line before.
 *
 * @param number 1 for the first line ever
 * @param previous the hash of the line before
 * @param hash its own
 */
record AuditLine(long number, Instant at, String previous, String hash) {
  /** Longer than every line. */
  static final int MAX_BYTES = 256 * 1024;

  /** What the first line ever has instead of a hash of the one before. */
  static final String NO_HASH = "0".repeat(64);

  private static final String HASH = ",\"hash\":\"";
  private static final String END = "\"}";
  private static final int TAIL = HASH.length() + NO_HASH.length() + END.length();
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private static final JsonFactory JSON = JsonFactory.builder()
      .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .build();

  /**
   * A line that ends.
   *
   * @param hash of the line
   */
  record Encoded(byte[] bytes, String hash) {}

  /** Encodes an entry. Fields that do not apply are left out. */
  static Encoded encode(AuditEntry entry, long number, String previous) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeNumberProperty("n", number);
      json.writeStringProperty("at", entry.at().truncatedTo(ChronoUnit.MILLIS).toString());
      write(json, "caller", entry.caller());
      write(json, "role", entry.role());
      write(json, "address", entry.address());
      write(json, "operation", entry.operation());
      write(json, "target", entry.target());
      entry.matched().ifPresent(count -> json.writeNumberProperty("matched", count));
      entry.done().ifPresent(count -> json.writeNumberProperty("done", count));
      json.writeStringProperty("outcome", entry.outcome().name().toLowerCase(Locale.ROOT));
      write(json, "failure", entry.failure());
      write(json, "message", entry.message());
      write(json, "job", entry.job());
      write(json, "request_id", entry.request());
      json.writeStringProperty("prev", previous);
      json.writeEndObject();
    }
    // Without the brace at the end; the one control character that the library lets through.
    String content =
        text.getBuffer().substring(0, text.getBuffer().length() - 1).replace("\u007f", "\\u007f");
    String hash = sha256(content.getBytes(StandardCharsets.US_ASCII));
    return new Encoded(
        (content + HASH + hash + END + "\n").getBytes(StandardCharsets.US_ASCII), hash);
  }

  private static void write(JsonGenerator json, String name, String text) {
    if (!text.isEmpty()) {
      json.writeStringProperty(name, text);
    }
  }

  /**
   * Parses a line without its end.
   *
   * @throws BrokenAudit if it is changed, or no line of an audit log
   */
  static AuditLine parse(byte[] bytes) throws BrokenAudit {
    int content = bytes.length - TAIL;
    String tail = content < 0 ? "" : new String(bytes, content, TAIL, StandardCharsets.ISO_8859_1);
    if (!tail.startsWith(HASH) || !tail.endsWith(END)) {
      throw new BrokenAudit("it does not end with a hash, so it is changed or no line of the log");
    }
    String hash = tail.substring(HASH.length(), TAIL - END.length());
    if (!sha256(Arrays.copyOf(bytes, content)).equals(hash)) {
      throw new BrokenAudit("it is changed: its hash is not that of its content");
    }
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
      return parse(json, hash);
    } catch (JacksonException | DateTimeException e) {
      throw new BrokenAudit("it is no line of an audit log");
    }
  }

  private static AuditLine parse(JsonParser json, String hash) throws BrokenAudit {
    long number = 0;
    String at = "";
    String previous = "";
    json.nextToken();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("n") && value == JsonToken.VALUE_NUMBER_INT) {
        number = json.getLongValue();
      } else if (name.equals("at") && value == JsonToken.VALUE_STRING) {
        at = json.getString();
      } else if (name.equals("prev") && value == JsonToken.VALUE_STRING) {
        previous = json.getString();
      } else {
        json.skipChildren();
      }
    }
    if (number < 1 || !SHA256.matcher(previous).matches()) {
      throw new BrokenAudit("it is no line of an audit log: it lacks its number or prev");
    }
    return new AuditLine(number, Instant.parse(at), previous, hash);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
